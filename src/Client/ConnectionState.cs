namespace ActorScheduler.Client;

/// <summary>How a session stands.</summary>
public enum ConnectionState
{
    /// <summary>It looks for a master, or for its framework's actor on a new one. Commands wait.</summary>
    Connecting,

    /// <summary>It is subscribed.</summary>
    Connected,

    /// <summary>It is over, for the reason in <see cref="FrameworkSession.EndReason"/>.</summary>
    Ended,
}
