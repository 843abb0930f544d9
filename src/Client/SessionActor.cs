using System.Numerics;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Client;

/// <summary>
/// Keeps a session: shows up, subscribes again when it is not known, sends commands until they are answered.
/// <code>
///   Connecting -- Subscribed --> Connected -- silence, SessionEnded(Unknown) --> Connecting
///       |                            |
///       +-- refused                  +-- replaced, removed --> Ended
/// </code>
/// </summary>
internal sealed class SessionActor : ReceiveActor, IWithTimers
{
    /// <summary>Commands that are under way at once; more wait here, so that a slow master is not flooded.</summary>
    private const int CommandsUnderWay = 256;

    /// <summary>Updates that are remembered, so that what comes again is not read again.</summary>
    private const int RememberedUpdates = 50_000;

    /// <summary>Offers that were answered and are remembered, so that one that is told again is not read again.</summary>
    private const int RememberedOffers = 10_000;

    /// <summary>Rounds without any answer after which the masters count as away.</summary>
    private const int SilentRounds = 3;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly FrameworkSession _session;
    private readonly MasterLink _masters;
    private readonly SchedulerClientOptions _options;
    private readonly Guid _id = Guid.NewGuid();
    private readonly Dictionary<Guid, Send> _commands = [];
    private readonly Queue<Send> _waiting = new();

    /// <summary>Uuids of updates that can be read, and whether they were acknowledged.</summary>
    private readonly Dictionary<Guid, bool> _seen = [];
    private readonly Queue<Guid> _seenOrder = new();
    private readonly HashSet<OfferId> _answered = [];
    private readonly Queue<OfferId> _answeredOrder = new();
    private readonly List<UpdateKey> _toAcknowledge = [];
    private FrameworkInfo _info;
    private IReadOnlyList<string> _suppressed;
    private bool _isNew;
    private bool _wasConnected;
    private int _silent;

    public SessionActor(
        FrameworkSession session, FrameworkInfo info, IReadOnlyList<string> suppressedRoles, bool isNew, MasterLink masters, SchedulerClientOptions options)
    {
        (_session, _info, _suppressed, _isNew, _masters, _options) = (session, info, suppressedRoles, isNew, masters, options);
        Receive<Subscribed>(Mine<Subscribed>(static subscribed => subscribed.Session, Subscribed));
        Receive<SubscriptionRefused>(Mine<SubscriptionRefused>(static refused => refused.Session, refused =>
            End(refused.Problem.ToString(), new CommandRefusedException(refused.Kind, refused.Problem))));
        Receive<SessionAlive>(Mine<SessionAlive>(static alive => alive.Session, _ => Alive()));
        Receive<SessionEnded>(Mine<SessionEnded>(static ended => ended.Session, Ended));
        Receive<OffersReceived>(Mine<OffersReceived>(static received => received.Session, Offers));
        Receive<OffersWithdrawn>(Mine<OffersWithdrawn>(static withdrawn => withdrawn.Session, withdrawn => _session.Offers.Withdraw(withdrawn.OfferIds)));
        Receive<InverseOffersReceived>(Mine<InverseOffersReceived>(static received => received.Session, received =>
            _session.Requests.Write(received.InverseOffers.Select(static offer => new LeaveRequest(offer.Id, offer)))));
        Receive<InverseOffersWithdrawn>(Mine<InverseOffersWithdrawn>(static withdrawn => withdrawn.Session, withdrawn =>
            _session.Requests.Write(withdrawn.InverseOfferIds.Select(static id => new LeaveRequest(id, null)))));
        Receive<FailureReported>(Mine<FailureReported>(static failure => failure.Session, failure =>
            _session.Failures.Write([new Failure(failure.AgentId, failure.ExecutorId, failure.ExitCode)])));
        Receive<ReceivedFromExecutor>(Mine<ReceivedFromExecutor>(static message => message.Session, message =>
            _session.Messages.Write([new ExecutorMessage(message.AgentId, message.ExecutorId, message.Data)])));
        Receive<OperationsReported>(Mine<OperationsReported>(static reported => reported.Session, reported => _session.Operations.Write(reported.Operations)));
        Receive<SendMessage>(message => _masters.Send(new SendToExecutor(FrameworkId, _id, message.AgentId, message.ExecutorId, message.Data), Self));
        Receive<UpdatesReceived>(Mine<UpdatesReceived>(static received => received.Session, Updates));
        Receive<CommandDone>(done => Answer(done.RequestId, new CommandResult()));
        Receive<CommandRefused>(Refused);
        Receive<Send>(send =>
        {
            _waiting.Enqueue(send);
            DeliverWaiting();
        });
        Receive<Acknowledge>(acknowledge =>
        {
            if (_seen.ContainsKey(acknowledge.Update.Uuid))
                _seen[acknowledge.Update.Uuid] = true;
            Gather(acknowledge.Update);
        });
        Receive<AcknowledgeDue>(_ => AcknowledgeGathered());
        Receive<RetryDue>(_ => Retry());
        Receive<Leave>(_ =>
        {
            AcknowledgeGathered();
            _masters.Send(new EndSession(FrameworkId, _id), Self);
            Context.Stop(Self);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private FrameworkId FrameworkId => _session.FrameworkId;

    private bool IsConnected => _session.State == ConnectionState.Connected;

    public static Props Props(
        FrameworkSession session, FrameworkInfo info, IReadOnlyList<string> suppressedRoles, bool isNew, MasterLink masters, SchedulerClientOptions options) =>
        Akka.Actor.Props.Create(() => new SessionActor(session, info, suppressedRoles, isNew, masters, options));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(RetryDue), RetryDue.Instance, _options.RetryInterval, _options.RetryInterval);
        Subscribe();
    }

    protected override void PostStop() => _session.End("its actor ended");

    private Action<T> Mine<T>(Func<T, Guid> session, Action<T> handle) => message =>
    {
        if (session(message) != _id)
            return;
        // One answer may be late; with two missing the framework's actor was away, and what was sent to it meanwhile is lost.
        bool isBack = _silent > 1;
        if (_silent > SilentRounds)
            _log.Info("Framework {FrameworkId}: the masters answer again", FrameworkId);
        _silent = 0;
        handle(message);
        if (isBack)
            DeliverAgain();
    };

    private void DeliverAgain()
    {
        foreach (Send command in _commands.Values)
            Deliver(command);
    }

    private void Subscribe() => _masters.Send(new Subscribe(FrameworkId, _id, Self, _info, _suppressed, _isNew), Self);

    private void Subscribed(Subscribed subscribed)
    {
        // From now on the id is known, whoever asks.
        _isNew = false;
        bool isBack = _wasConnected && !IsConnected;
        _wasConnected = true;
        _session.Become(ConnectionState.Connected);
        TimeSpan interval = subscribed.KeepInterval < _options.RetryInterval ? subscribed.KeepInterval : _options.RetryInterval;
        Timers.StartPeriodicTimer(nameof(RetryDue), RetryDue.Instance, interval, interval);
        DeliverAgain();
        if (isBack)
            _masters.Send(new ReconcileTasks(FrameworkId, _id, Guid.NewGuid(), []), Self);
    }

    private void Alive()
    {
        if (!IsConnected && _wasConnected)
            _session.Become(ConnectionState.Connected);
    }

    private void Ended(SessionEnded ended)
    {
        if (ended.End == SessionEnd.Unknown)
        {
            _session.Become(ConnectionState.Connecting);
            Subscribe();
        }
        else
        {
            // The answer to the teardown that brought this about may come later, and finds nobody.
            foreach (Send command in _commands.Values.Where(command => ended.End == SessionEnd.Removed && command.Command(_id, command.RequestId) is TearDownFramework))
                command.Answer.TrySetResult(new CommandResult());
            End(ended.Reason);
        }
    }

    private void Offers(OffersReceived received)
    {
        var unread = new List<OfferId>();
        foreach (Offer offer in received.Offers.Where(offer => !_answered.Contains(offer.Id)))
        {
            if (_session.Offers.Add(offer) is { } oldest)
                unread.Add(oldest.Id);
        }
        if (unread.Count == 0)
            return;
        unread.ForEach(Answered);
        _masters.Send(new DeclineOffers(FrameworkId, _id, Guid.NewGuid(), unread, TimeSpan.Zero), Self);
    }

    private void Answered(OfferId offer)
    {
        _session.Offers.Answered(offer);
        if (!_answered.Add(offer))
            return;
        _answeredOrder.Enqueue(offer);
        while (_answeredOrder.Count > RememberedOffers)
            _answered.Remove(_answeredOrder.Dequeue());
    }

    private void Updates(UpdatesReceived received)
    {
        foreach (TaskUpdate update in received.Updates)
        {
            if (update.Uuid is { } uuid && _seen.TryGetValue(uuid, out bool isAcknowledged))
            {
                // What was acknowledged and comes all the same was acknowledged to somebody who is gone.
                if (isAcknowledged)
                    Gather(new UpdateKey(update.TaskId, uuid));
                continue;
            }
            // What does not fit is not acknowledged and comes again.
            if (!_session.UpdateWriter.TryWrite(update) || update.Uuid is not { } read)
                continue;
            _seen.Add(read, false);
            _seenOrder.Enqueue(read);
            while (_seenOrder.Count > RememberedUpdates)
                _seen.Remove(_seenOrder.Dequeue());
        }
    }

    private void Refused(CommandRefused refused)
    {
        if (refused.Kind == RefusalKind.NotSubscribed)
        {
            // The command waits until the session is known again.
            _session.Become(ConnectionState.Connecting);
            Subscribe();
        }
        else if (refused.Kind != RefusalKind.Unavailable)
        {
            Answer(refused.RequestId, new CommandResult(refused.Kind, refused.Problem));
        }
    }

    private void Answer(Guid request, CommandResult result)
    {
        if (_commands.Remove(request, out Send? command))
        {
            if (result.IsDone)
                Remember(command.Command(_id, command.RequestId));
            command.Answer.TrySetResult(result);
        }
        DeliverWaiting();
    }

    /// <summary>What it says of itself when it has to subscribe again.</summary>
    private void Remember(ICommand done)
    {
        switch (done)
        {
            case SuppressOffers suppress:
                _suppressed = [.. suppress.Roles.Count == 0 ? _info.Roles : _suppressed.Union(suppress.Roles)];
                break;
            case ReviveOffers revive:
                _suppressed = revive.Roles.Count == 0 ? [] : [.. _suppressed.Except(revive.Roles)];
                break;
            case UpdateFramework update:
                (_info, _suppressed) = (update.Info, update.SuppressedRoles);
                break;
        }
    }

    private void DeliverWaiting()
    {
        while (_commands.Count < CommandsUnderWay && _waiting.TryDequeue(out Send? next))
        {
            _commands.Add(next.RequestId, next);
            Deliver(next);
        }
    }

    private void Deliver(Send command)
    {
        if (!IsConnected)
            return;
        ICommand message = command.Command(_id, command.RequestId);
        foreach (OfferId offer in message switch { AcceptOffers accept => accept.OfferIds, DeclineOffers decline => decline.OfferIds, _ => [] })
            Answered(offer);
        _masters.Send((IFrameworkMessage)message, Self);
    }

    private void Retry()
    {
        // Nothing heard at all several times in a row: the link or the framework's actor is away.
        if (++_silent > SilentRounds && IsConnected)
            _session.Become(ConnectionState.Connecting);
        // Once, and not at each attempt: that is for those who debug.
        if (_silent == SilentRounds + 1)
            _log.Warning("Framework {FrameworkId}: no master answers; retrying until one does", FrameworkId);
        if (_wasConnected)
            _masters.Send(new KeepSession(FrameworkId, _id, Self), Self);
        else
            Subscribe();
        // At the first, second, fourth, eighth... of these it is sent again, for as long as somebody waits for the answer.
        foreach ((Guid id, Send command) in _commands.ToArray())
        {
            if (command.Answer.Task.IsCompleted || command.Waited * _options.RetryInterval > _options.CommandTimeout)
                _commands.Remove(id);
            else if (BitOperations.IsPow2(++command.Waited))
                Deliver(command);
        }
        DeliverWaiting();
        AcknowledgeGathered();
    }

    private void Gather(UpdateKey update)
    {
        if (_toAcknowledge.Count == 0)
            Self.Tell(AcknowledgeDue.Instance);
        _toAcknowledge.Add(update);
    }

    private void AcknowledgeGathered()
    {
        if (_toAcknowledge.Count == 0)
            return;
        _masters.Send(new AcknowledgeUpdates(FrameworkId, _id, [.. _toAcknowledge]), Self);
        _toAcknowledge.Clear();
    }

    private void End(string reason, Exception? cause = null)
    {
        _session.End(reason, cause);
        Context.Stop(Self);
    }

    /// <summary>A command to send until it is answered.</summary>
    internal sealed record Send(Guid RequestId, Func<Guid, Guid, ICommand> Command, TaskCompletionSource<CommandResult> Answer)
    {
        /// <summary>For how many retry intervals it has waited for its answer.</summary>
        public int Waited { get; set; }
    }

    /// <summary>Bytes for an executor.</summary>
    internal sealed record SendMessage(AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data);

    /// <summary>An update was dealt with.</summary>
    internal sealed record Acknowledge(UpdateKey Update);

    /// <summary>The session is to end.</summary>
    internal sealed record Leave
    {
        public static readonly Leave Instance = new();
    }

    private sealed record RetryDue
    {
        public static readonly RetryDue Instance = new();
    }

    private sealed record AcknowledgeDue
    {
        public static readonly AcknowledgeDue Instance = new();
    }
}
