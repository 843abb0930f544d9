using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>A reference to an actor that runs on the thread which sends to it, and whose instance the test may look into.</summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef
    where TActor : ActorBase
{
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null) =>
        InternalRef = InternalTestActorRef.Create(system, actorProps, supervisor, name);

    protected InternalTestActorRef InternalRef { get; }

    public IActorRef Ref => InternalRef;

    public TActor UnderlyingActor => (TActor)InternalRef.UnderlyingActor;

    public ActorPath Path => InternalRef.Path;

    bool IActorRefScope.IsLocal => InternalRef.IsLocal;

    IInternalActorRef IInternalActorRef.Parent => InternalRef.Parent;

    IActorRefProvider IInternalActorRef.Provider => InternalRef.Provider;

    bool IInternalActorRef.IsTerminated => InternalRef.IsTerminated;

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef.InternalRef;

    /// <summary>Handles a message on this thread; what the actor throws is thrown here.</summary>
    public void Receive(object message, IActorRef? sender = null) => InternalRef.Receive(message, sender);

    public Task ReceiveAsync(object message, IActorRef? sender = null) => InternalRef.ReceiveAsync(message, sender);

    public void Watch(IActorRef subject) => InternalRef.Watch(subject);

    public void Unwatch(IActorRef subject) => InternalRef.Unwatch(subject);

    public void Tell(object message, IActorRef? sender) => InternalRef.Tell(message, sender);

    public void Tell(object message) => InternalRef.Tell(message);

    public void Forward(object message) => InternalRef.Forward(message);

    public int CompareTo(object? obj) => ((IComparable)InternalRef).CompareTo(obj);

    public override string ToString() => InternalRef.ToString();

    public override bool Equals(object? obj) => InternalRef.Equals(obj is TestActorRefBase<TActor> other ? other.InternalRef : obj);

    public override int GetHashCode() => InternalRef.GetHashCode();

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => InternalRef.CompareTo(other);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => InternalRef.ToSurrogate(system);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => InternalRef.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => InternalRef.Resume(causedByFailure);

    void IInternalActorRef.Start() => InternalRef.Start();

    void IInternalActorRef.Stop() => InternalRef.Stop();

    void IInternalActorRef.Restart(Exception cause) => InternalRef.Restart(cause);

    void IInternalActorRef.Suspend() => InternalRef.Suspend();

    public void SendSystemMessage(ISystemMessage message) => InternalRef.SendSystemMessage(message);

    public void SendSystemMessage(ISystemMessage message, IActorRef sender) => InternalRef.SendSystemMessage(message);
}

/// <summary>A reference to an actor that runs on the thread which sends to it, and whose instance the test may look into.</summary>
public sealed class TestActorRef<TActor>(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    : TestActorRefBase<TActor>(system, actorProps, supervisor, name)
    where TActor : ActorBase;
