using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The parts of a cell that most actors do not use.</summary>
internal sealed class ActorCellExtras
{
    /// <summary>Behaviours below the current one; null stands for the actor's own Receive method.</summary>
    internal Stack<Receive?>? OlderBehaviors;

    /// <summary>Whom this actor watches, with the message that it wants instead of Terminated.</summary>
    internal Dictionary<IActorRef, object?>? Watching;

    internal HashSet<IActorRef>? WatchedBy;

    /// <summary>Ends of watched actors that wait in the mailbox; taken out again by Unwatch.</summary>
    internal Dictionary<IActorRef, object?>? TerminatedQueued;

    internal TimeSpan? ReceiveTimeout;

    internal ICancelable? PendingReceiveTimeout;

    internal ActorTaskScheduler? TaskScheduler;

    /// <summary>Asynchronous handlers of the current incarnation that have not ended.</summary>
    internal int RunningHandlings;

    /// <summary>Counts incarnations, so that what an earlier one left running is told apart.</summary>
    internal int Incarnation;

    internal List<SystemMessage>? StashedSystemMessages;

    internal Dictionary<string, FunctionRef>? FunctionRefs;

    /// <summary>Watchers and watched actors that live on other nodes.</summary>
    internal int RemotePeers;

    /// <summary>Watches of references that name no incarnation; never counted down, as it only saves a search.</summary>
    internal int WatchesWithoutUid;
}
