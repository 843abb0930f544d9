namespace ActorScheduler.Containers.Docker;

/// <summary>Who wants to know what becomes of containers.</summary>
internal interface IWatchObserver
{
    /// <summary>Something happened to a run's container: <c>kill</c> with the signal's number, <c>die</c>, <c>oom</c> or <c>destroy</c>.</summary>
    void Happened(string runId, string action, string? signal);

    /// <summary>A container that held the network of a group runs no more, though tasks of the group may.</summary>
    void HolderEnded(string holder);

    /// <summary>All containers that there are, with their states, by run ids.</summary>
    void Listed(IReadOnlyDictionary<string, string> states);
}
