using Akka.Util.Internal;

namespace Akka.Actor;

/// <summary>
/// A mailbox for code that is no actor: it sends, waits for answers and watches. It keeps up to
/// <c>akka.actor.inbox.inbox-size</c> messages. Dispose it, or its actor lives as long as the system.
/// </summary>
public class Inbox : IInboxable, IDisposable
{
    private static readonly AtomicCounterLong Numbers = new(0);

    private readonly ActorSystem _system;
    private readonly InboxMessages _messages;
    private readonly TimeSpan _defaultTimeout;

    private Inbox(ExtendedActorSystem system)
    {
        var config = system.Settings.Config;
        var messages = new InboxMessages(config.GetInt("akka.actor.inbox.inbox-size", 1000), system.Log);
        _system = system;
        _messages = messages;
        _defaultTimeout = config.GetTimeSpan("akka.actor.inbox.default-timeout", TimeSpan.FromSeconds(5));
        Receiver = system.SystemActorOf(Props.Create(() => new InboxActor(messages)), $"inbox-{Numbers.Next()}");
    }

    public IActorRef Receiver { get; }

    public static Inbox Create(ActorSystem system) => new((ExtendedActorSystem)system);

    public IActorRef Watch(IActorRef subject) => ToReceiver(subject, context => context.Watch(subject));

    public IActorRef WatchWith(IActorRef subject, object message) => ToReceiver(subject, context => context.WatchWith(subject, message));

    public IActorRef Unwatch(IActorRef subject) => ToReceiver(subject, context => context.Unwatch(subject));

    public void Send(IActorRef actorRef, object msg) => actorRef.Tell(msg, Receiver);

    public object Receive() => Receive(_defaultTimeout);

    public object Receive(TimeSpan timeout) => ReceiveWhere(static _ => true, timeout);

    public object ReceiveWhere(Predicate<object> predicate) => ReceiveWhere(predicate, _defaultTimeout);

    public object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout)
    {
        var wait = _messages.Take(predicate);

        // Waiting is what this method is for: its caller has a thread of its own.
        ((IAsyncResult)wait.Arrival).AsyncWaitHandle.WaitOne(timeout);
        return _messages.GiveUp(wait) ?? throw TimedOut(timeout);
    }

    public Task<object> ReceiveAsync() => ReceiveAsync(_defaultTimeout);

    public async Task<object> ReceiveAsync(TimeSpan timeout)
    {
        var wait = _messages.Take(static _ => true);
        await Task.WhenAny(wait.Arrival, wait.Arrival.WaitAsync(timeout)).ConfigureAwait(false);
        return _messages.GiveUp(wait) ?? new Status.Failure(TimedOut(timeout));
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _system.Stop(Receiver);
        }
    }

    private static TimeoutException TimedOut(TimeSpan timeout) => new($"Inbox received no such message within {timeout}");

    private IActorRef ToReceiver(IActorRef subject, Action<IActorContext> action)
    {
        Receiver.Tell(new InboxActor.Order(action), ActorRefs.NoSender);
        return subject;
    }
}
