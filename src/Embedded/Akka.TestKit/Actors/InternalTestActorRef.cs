using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.TestKit.Internal;

/// <summary>The reference behind a <see cref="TestActorRef{TActor}"/>: an actor on the calling thread that can be looked into.</summary>
public class InternalTestActorRef : LocalActorRef
{
    private static long _number;

    private InternalTestActorRef(
        ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
        : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
    }

    /// <summary>The instance that handles messages now.</summary>
    public object UnderlyingActor => Cell.Actor ?? throw new IllegalActorStateException("Underlying actor not created yet");

    /// <summary>Handles a message on this thread, past the mailbox; what the actor throws is thrown here.</summary>
    public void Receive(object message, IActorRef? sender = null) => Cell.UseThreadContext(() => Cell.ReceiveForTest(new Envelope(message, sender ?? Cell.SystemImpl.DeadLetters)));

    public Task ReceiveAsync(object message, IActorRef? sender = null)
    {
        Receive(message, sender);
        return Task.CompletedTask;
    }

    public void Watch(IActorRef subject) => Cell.Watch(subject);

    public void Unwatch(IActorRef subject) => Cell.Unwatch(subject);

    public override string ToString() => $"TestActor[{Path}]";

    public static InternalTestActorRef Create(ActorSystem system, Props props, IActorRef? supervisor = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        var impl = (ActorSystemImpl)system;
        var parent = (IInternalActorRef)(supervisor ?? impl.Guardian);
        var onCallingThread = props.Deploy.Dispatcher == Deploy.NoDispatcherGiven ? props.WithDispatcher(CallingThreadDispatcher.Id) : props;
        var dispatcher = system.Dispatchers.Lookup(onCallingThread.Deploy.Dispatcher);
        var path = new ChildActorPath(parent.Path, name ?? CreateUniqueName(), ActorCell.NewUid());
        var mailbox = system.Mailboxes.GetMailboxType(onCallingThread, dispatcher.Configurator.Config);
        var reference = new InternalTestActorRef(impl, onCallingThread, dispatcher, mailbox, parent, path);
        if (parent is LocalActorRef local) local.Cell.AdoptForTest(reference);
        reference.Start();
        return reference;
    }

    protected static string CreateUniqueName() => $"$$-{Interlocked.Increment(ref _number)}";
}
