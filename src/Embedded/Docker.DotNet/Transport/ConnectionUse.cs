#nullable enable
namespace Docker.DotNet.Transport;

/// <summary>What a request does with its connection, which decides the pool that it comes from.</summary>
internal enum ConnectionUse
{
    /// <summary>A question with a prompt answer. The connection is used again.</summary>
    Exchange,

    /// <summary>An answer that lasts: wait, logs, events, statistics, pulls, archives. Kept apart so that a hundred waits cannot
    /// starve a start.</summary>
    Stream,

    /// <summary>The connection becomes the container's terminal and ends with it.</summary>
    Hijack,
}
