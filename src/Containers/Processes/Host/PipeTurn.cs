namespace ActorScheduler.Containers.Processes.Host;

/// <summary>How a pipe is to be watched after it was read.</summary>
internal enum PipeTurn
{
    /// <summary>As before.</summary>
    Again,

    /// <summary>After a while: what it holds cannot be taken now.</summary>
    Later,

    /// <summary>No more: it is at its end.</summary>
    Over,
}
