using Akka.Dispatch.SysMsg;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Something that takes messages: an actor's reference or a selection of actors.</summary>
public interface ICanTell
{
    /// <summary>Sends and returns at once. Messages of one sender to one receiver keep their order; delivery is at most once.</summary>
    /// <param name="message">Not null.</param>
    /// <param name="sender">Who gets answers; null for nobody.</param>
    void Tell(object message, IActorRef? sender);
}

/// <summary>
/// The handle of an actor, on this node or another. Equal when path and incarnation are; may be sent and kept freely.
/// </summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, ISurrogated, IComparable
{
    ActorPath Path { get; }
}

/// <summary>Tells references of this node from others.</summary>
public interface IActorRefScope
{
    bool IsLocal { get; }
}

/// <summary>What the engine itself does with a reference: supervision and system messages.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }

    IActorRefProvider Provider { get; }

    /// <summary>Whether the actor has stopped; only a hint for references to other nodes.</summary>
    bool IsTerminated { get; }

    /// <summary>The descendant with these names; ".." goes up, an empty name stays. Nobody when there is none.</summary>
    IActorRef GetChild(IReadOnlyList<string> name);

    void Resume(Exception? causedByFailure = null);

    void Start();

    void Stop();

    void Restart(Exception cause);

    void Suspend();

    void SendSystemMessage(ISystemMessage message);

    void SendSystemMessage(ISystemMessage message, IActorRef sender);
}
