using ActorScheduler.Model;

namespace ActorScheduler.Protocol;

/// <summary>A command was carried out, and what it decided is durable.</summary>
/// <param name="RequestId">Which command.</param>
public sealed record CommandDone(Guid RequestId) : IProtocolMessage;

/// <summary>A command was not carried out and changed nothing.</summary>
/// <param name="RequestId">Which command.</param>
/// <param name="Kind">For programs.</param>
/// <param name="Problem">The field at fault and the reason, for people.</param>
public sealed record CommandRefused(Guid RequestId, RefusalKind Kind, Problem Problem) : IProtocolMessage;

/// <summary>Why a command was refused.</summary>
public enum RefusalKind
{
    /// <summary>Something in it is not valid.</summary>
    Invalid = 0,

    /// <summary>What it names does not exist.</summary>
    Unknown = 1,

    /// <summary>It contradicts what is.</summary>
    Conflict = 2,

    /// <summary>A limit is reached.</summary>
    LimitReached = 3,

    /// <summary>The session is not the framework's present one: subscribe again.</summary>
    NotSubscribed = 4,

    /// <summary>Nobody can decide it now; it may be sent again later.</summary>
    Unavailable = 5,

    /// <summary>The request's id belongs to another command, which was carried out before.</summary>
    Reused = 6,
}
