using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Frameworks;

/// <content>The scheduler's session, and the framework's end.</content>
internal sealed partial class FrameworkActor
{
    private IActorRef? _scheduler;
    private long _lastSeen;
    private bool _isLeaving;

    private bool IsConnected => _scheduler is not null;

    private void ReceiveSessions()
    {
        Command<Subscribe>(Subscribe);
        Command<KeepSession>(Keep);
        Command<EndSession>(end =>
        {
            if (end.Session == _book.Session && IsConnected)
                Disconnect("it left");
        });
        Command<UpdateFramework>(update => InSession(update, update.RequestId, () => Update(update)));
        Command<TearDownFramework>(tearDown =>
        {
            IActorRef sender = Sender;
            if (_book.Info is null)
                Refuse(tearDown.RequestId, RefusalKind.Unknown, new Problem("framework_id", $"'{_id}' is not known"));
            else
                Remove("It was torn down", () => sender.Tell(new CommandDone(tearDown.RequestId)));
        });
        Command<AcknowledgeUpdates>(Acknowledge);
        Command<SendToExecutor>(send =>
        {
            if (IsCurrent(send) && AgentOf(send.AgentId) is { } agent)
                agent.Tell(new DeliverToExecutor(_id, send.AgentId, send.ExecutorId, send.Data));
        });
    }

    private void Subscribe(Subscribe subscribe)
    {
        // Whether it goes is decided when that is durable; who asks, asks again.
        if (_undurable.HasRemoval)
            return;
        if (Judge(subscribe) is { } refusal)
        {
            subscribe.Scheduler.Tell(new SubscriptionRefused(_id, subscribe.Session, refusal.Kind, refusal.Problem));
            return;
        }
        // The same request sent again changes nothing: its scheduler is not gone for a moment, with its offers.
        if (subscribe.Scheduler.Equals(_scheduler) && subscribe.Session == _book.Session)
        {
            Greet(subscribe);
            return;
        }
        if (_scheduler is { } old && _book.Session is { } oldSession && oldSession != subscribe.Session)
            old.Tell(new SessionEnded(_id, oldSession, SessionEnd.Replaced, "Framework failed over"));
        // Until it is durable nobody is there: what it hears first is that it is subscribed.
        (_scheduler, _lastSeen) = (null, _time.GetTimestamp());
        _told.Clear();
        Commit(new SchedulerSubscribed(_id, subscribe.Info, subscribe.SuppressedRoles, subscribe.Session, Now), () =>
        {
            if (_book.Session != subscribe.Session)
                return;
            (_scheduler, _lastSeen) = (subscribe.Scheduler, _time.GetTimestamp());
            Log.Info("Framework {FrameworkId} ({Name}) subscribed with {Tasks} tasks", _id, subscribe.Info.Name, _book.Live);
            Greet(subscribe);
            Register();
            TellAllUpdates();
        });
    }

    private void Greet(Subscribe subscribe) =>
        subscribe.Scheduler.Tell(new Subscribed(_id, subscribe.Session, _settings.SessionInterval, _book.Live, Warnings(subscribe.Info)));

    private (RefusalKind Kind, Problem Problem)? Judge(Subscribe subscribe)
    {
        if (_book.Removed is { } removed)
            return (RefusalKind.Conflict, new Problem("framework_id", $"Framework has been removed: {removed.Reason}"));
        if (subscribe.Info.Check() is { } invalid)
            return (RefusalKind.Invalid, invalid);
        if (subscribe.IsNew && _book.Info is not null && subscribe.Session != _book.Session)
            return (RefusalKind.Conflict, new Problem("framework_id", $"'{_id}' is in use"));
        if (!subscribe.IsNew && _book.Info is null && _book.Tasks.Count == 0)
            return (RefusalKind.Unknown, new Problem("framework_id", $"'{_id}' is not known"));
        return _book.Info is { } info ? Unchangeable(info, subscribe.Info) : null;
    }

    private static (RefusalKind Kind, Problem Problem)? Unchangeable(FrameworkInfo before, FrameworkInfo after) =>
        before.Principal != after.Principal
            ? (RefusalKind.Conflict, new Problem("framework_info.principal", "Changing framework's principal is not allowed."))
            : before.User != after.User ? (RefusalKind.Conflict, new Problem("framework_info.user", "cannot be changed")) : null;

    private static string[] Warnings(FrameworkInfo info) => info.FailoverTimeout > TimeSpan.Zero
        ? []
        : ["failover_timeout is 0: all tasks end as soon as the scheduler is gone; a week is usual"];

    private void Keep(KeepSession keep)
    {
        if (_undurable.HasRemoval)
            return;
        if (keep.Session != _book.Session || _book.Removed is not null)
        {
            SessionEnd end = _book.Removed is not null ? SessionEnd.Removed : SessionEnd.Unknown;
            keep.Scheduler.Tell(new SessionEnded(_id, keep.Session, end, _book.Removed?.Reason ?? "The session is not known here; subscribe again"));
            return;
        }
        bool isBack = !keep.Scheduler.Equals(_scheduler);
        (_scheduler, _lastSeen) = (keep.Scheduler, _time.GetTimestamp());
        keep.Scheduler.Tell(new SessionAlive(_id, keep.Session));
        if (!isBack)
            return;
        _told.Clear();
        Commit(_book.DisconnectedSince is null ? [] : [new SchedulerReturned()], () =>
        {
            // What was withdrawn while it was away it did not hear; what is still open it is told again.
            ToScheduler(session => new OffersWithdrawn(_id, session, []));
            Register();
            TellAllUpdates();
        });
    }

    private void Disconnect(string reason)
    {
        Log.Info("Scheduler of framework {FrameworkId} disconnected: {Reason}; its tasks keep running for the failover timeout, {FailoverTimeout}", _id, reason, _book.Info?.FailoverTimeout);
        _scheduler = null;
        Commit(new SchedulerLeft(Now), Register);
    }

    /// <summary>At each retry: is the scheduler still there, and if not, has it been away for too long?</summary>
    private void WatchSession()
    {
        if (_book.Info is not { } info || _book.Removed is not null || _isLeaving)
            return;
        // After a failover the session goes on when its scheduler shows up in time.
        if (_book.DisconnectedSince is null && _time.GetElapsedTime(_lastSeen) > _settings.SessionTimeout)
            Disconnect($"nothing heard for {_settings.SessionTimeout.TotalSeconds:0.#} s");
        if (_book.DisconnectedSince is { } since && Now - since >= info.FailoverTimeout)
            Remove($"Its scheduler was away for longer than {info.FailoverTimeout}", static () => { });
        else if (info.EndAfter is { } rest && _book is { DisconnectedSince: { } left, Live: 0, Uses.Count: 0 } && Now - LastEnd(left) >= rest)
            Remove($"All its tasks ended {rest} ago and nobody came back for them", static () => { });
    }

    private DateTimeOffset LastEnd(DateTimeOffset since) =>
        _book.Tasks.Values.Concat(_book.Completed.Values).Select(static task => task.Status.Timestamp).Append(since).Max();

    private void Update(UpdateFramework update)
    {
        IActorRef sender = Sender;
        if ((update.Info.Check() is { } invalid ? (RefusalKind.Invalid, invalid) : Unchangeable(_book.Info!, update.Info)) is { } refusal)
        {
            Refuse(update.RequestId, refusal.Item1, refusal.Item2);
            return;
        }
        Commit(new FrameworkUpdated(update.Info, update.SuppressedRoles), () =>
        {
            Register();
            sender.Tell(new CommandDone(update.RequestId));
        });
    }

    private void Remove(string reason, Action then)
    {
        if (_book.Removed is not null)
        {
            Commit([], then);
            return;
        }
        Log.Info("Framework {FrameworkId} was removed: {Reason}; its {Tasks} tasks are killed", _id, reason, _book.Live);
        (IActorRef? scheduler, Guid? session) = (_scheduler, _book.Session);
        _scheduler = null;
        Commit(new FrameworkRemoved(Now, reason), () =>
        {
            then();
            if (session is { } ended)
                scheduler?.Tell(new SessionEnded(_id, ended, SessionEnd.Removed, reason));
            EndEverything();
        });
    }

    private void Acknowledge(AcknowledgeUpdates acknowledge)
    {
        if (!IsCurrent(acknowledge))
            return;
        UpdateKey[] next = [.. acknowledge.Updates.Where(update =>
            _book.Tasks.TryGetValue(update.TaskId, out TaskEntry? task) && task.Unacknowledged.TryPeek(out TaskUpdate? first) && first.Uuid == update.Uuid)];
        if (next.Length == 0)
            return;
        foreach (UpdateKey update in next)
            _told.Remove(update.TaskId);
        Commit(new UpdatesAcknowledged(next), () => TellUpdates(next.Select(static update => update.TaskId)));
    }

    private bool IsCurrent(ISessionMessage message) => IsConnected && message.Session == _book.Session;

    /// <summary>Carries a command out in the present session; any other session is refused.</summary>
    private void InSession(ISessionMessage message, Guid request, Action carryOut)
    {
        if (!IsCurrent(message))
            Refuse(request, RefusalKind.NotSubscribed, new Problem("session", "is not the framework's present one: subscribe again"));
        else if (_book.HasDone(request))
            Done(request);
        else
            carryOut();
    }

    private void Refuse(Guid request, RefusalKind kind, Problem problem) => Sender.Tell(new CommandRefused(request, kind, problem));

    /// <summary>Says that a command is done once all facts so far are durable.</summary>
    private void Done(Guid request)
    {
        IActorRef sender = Sender;
        Commit([], () => sender.Tell(new CommandDone(request)));
    }
}
