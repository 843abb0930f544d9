using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>The allocator: registration, heartbeats, releases, operators' decisions.</content>
internal sealed partial class AgentActor
{
    private readonly PendingReleases _releases = new();

    /// <summary>Names what the agent says of its tasks: the allocator enters them once under each.</summary>
    private Guid _incarnation;
    private int _generation;
    private RegisterAgent? _registering;

    /// <summary>What is said while it registers: pages of tasks, when there are too many for one message, and the registration.</summary>
    private IReadOnlyList<IAllocatorMessage> _saying = [];
    private long _lastStatement;
    private bool _isAnew;
    private Epoch _epoch;
    private long _registration;
    private bool _isLeaving;

    /// <summary>Why it was last not registered, for as long as that goes on.</summary>
    private Problem? _refusal;

    private bool IsRegistered => _registering is null && _registration > 0;

    private void ReceiveMasters()
    {
        Receive<AgentRegistered>(Registered);
        Receive<AgentRefused>(Refused);
        Receive<AllocatorStarted>(started =>
        {
            if (started.Epoch > _epoch)
                RegisterAnew();
        });
        Receive<RegisterAgain>(again =>
        {
            if (again.Epoch >= _epoch && !_isAnew)
                RegisterAnew();
        });
        Receive<HeartbeatSeen>(static _ => { });
        Receive<ReleaseSeen>(seen =>
        {
            _releases.Seen(seen.Number);
            SendReleases();
        });
        Receive<HeartbeatDue>(_ => Beat());
        Receive<RegistrationDue>(_ => SendRegistration());
        Receive<CarryOut>(carryOut =>
        {
            // While it registers it waits: what is open comes with the answer.
            if (carryOut.Epoch == _epoch && IsRegistered)
                CarryOut(carryOut.Decisions);
        });
        Receive<Leave>(_ => LeaveCluster());
    }

    /// <summary>
    /// Says all that the agent has to an allocator that enters it anew: launches that were granted before are void, releases
    /// that were made before are in it.
    /// </summary>
    private void RegisterAnew()
    {
        if (_isAnew)
        {
            // It waits for an answer already, and nothing was taken over since.
            SendRegistration();
            return;
        }
        _incarnation = Guid.NewGuid();
        _generation++;
        _isAnew = true;
        Register();
    }

    /// <summary>Says what has changed about the agent itself; launches and releases go on to count.</summary>
    private void Refresh()
    {
        if (!_isAnew)
            Register();
    }

    /// <summary>
    /// Says all that the agent has, until it is answered. Meanwhile no launch is taken and no decision carried out, so that what
    /// was said holds when it is entered; who sent them sends them again.
    /// </summary>
    private void Register()
    {
        if (_isLeaving)
            return;
        AgentCondition condition = SayCondition();
        var info = new AgentInfo(Id, _options.Hostname, _options.Attributes, _options.Domain, _options.HttpPort, condition.Kinds);
        var registering = new RegisterAgent(
            Id, _incarnation, Self, _options.Node, info, _book.Usable, _book.Held(), _book.Identity.Decision, condition.IsDegraded, ++_lastStatement,
            Aside: Aside(), Condition: condition);
        (_registering, _saying) = (registering, InPages(registering));
        Commit(() =>
        {
            if (ReferenceEquals(_registering, registering))
                SendRegistration();
        });
    }

    private static List<IAllocatorMessage> InPages(RegisterAgent whole)
    {
        IReadOnlyList<IReadOnlyList<HeldTask>> pages = Pages.Of(whole.Tasks);
        return
        [
            .. pages.SkipLast(1).Select((tasks, page) => new AnnounceTasks(whole.AgentId, whole.Incarnation, whole.Statement, page, tasks)),
            pages.Count == 1 ? whole : whole with { Tasks = pages[^1], Pages = pages.Count - 1 },
        ];
    }

    private void SendRegistration()
    {
        if (_registering is null)
            return;
        foreach (IAllocatorMessage message in _saying)
            _masters.Send(message, Self);
        // Many pages take longer on their way, and to be entered.
        Timers.StartSingleTimer(nameof(RegistrationDue), RegistrationDue.Instance, _settings.RegistrationRetry * Math.Min(_saying.Count, 3));
    }

    private void Registered(AgentRegistered registered)
    {
        if (registered.Epoch < _epoch || _isLeaving)
            return;
        bool isSame = registered.Epoch == _epoch && registered.Registration == _registration;
        if (isSame == _isAnew)
        {
            // Either a late answer to what was said before, and the present one will come too; or the agent was entered with
            // what it said some time ago.
            if (!isSame)
                RegisterAnew();
            return;
        }
        if (!isSame)
        {
            _log.Info("Agent {AgentId} registered with the allocator (epoch {Epoch})", Id, registered.Epoch);
            _releases.Begin(_generation);
        }
        (_epoch, _registration, _registering, _saying, _isAnew, _refusal) = (registered.Epoch, registered.Registration, null, [], false, null);
        Timers.Cancel(nameof(RegistrationDue));
        Timers.StartPeriodicTimer(nameof(HeartbeatDue), HeartbeatDue.Instance, registered.HeartbeatInterval, registered.HeartbeatInterval);
        SendReleases();
        CarryOut(registered.Decisions);
        foreach (FrameworkId framework in _book.Owing)
            Report(framework);
    }

    private void Refused(AgentRefused refused)
    {
        if (refused.Epoch < _epoch || _isLeaving)
            return;
        if (!refused.IsFinal)
        {
            // It asks again every second, perhaps for days: one line for each reason.
            if (_refusal != refused.Problem)
                _log.Warning("Agent {AgentId} could not register: {Problem}", Id, refused.Problem);
            _refusal = refused.Problem;
            return;
        }
        _log.Error("Agent {AgentId} was refused for good and kills its tasks: {Problem}", Id, refused.Problem);
        Part();
        EndAll(static _ => true, new Stop(null, TaskReason.AgentRemovedByOperator));
        Context.System.EventStream.Publish(new AgentEnded(Id, refused.Problem));
    }

    /// <summary>From now on it says nothing to the allocator.</summary>
    private void Part()
    {
        (_isLeaving, _registering, _saying) = (true, null, []);
        Timers.Cancel(nameof(RegistrationDue));
        Timers.Cancel(nameof(HeartbeatDue));
    }

    private void Beat()
    {
        // Also what is idle notices in time that its checkpoint is gone.
        if (_saving is null)
            LookAtCheckpoint();
        if (_saving is { } saving && _time.GetElapsedTime(saving.Begin) > _settings.Executors.CallTimeout)
            _saveTrouble ??= "its checkpoint does not answer";
        LookAtDisk();
        if (!IsRegistered)
            return;
        TellWhatChanged();
        _masters.Send(new AgentHeartbeat(Id, _incarnation, Self, _epoch, SayCondition()), Self);
        if (_releases.Sent is { } release)
            _masters.Send(release, Self);
    }

    private void LookAtDisk()
    {
        string? before = _roomTrouble;
        // Free space changes from look to look; what was said of it holds until there is enough.
        string? now = _sandboxes?.WhyFull(before is not null);
        _roomTrouble = now is null ? null : before ?? now;
        if (before is null && now is not null)
            _log.Warning("Agent {AgentId} takes no more tasks: {Reason}; make room there", Id, now);
        else if (before is not null && now is null)
            _log.Info("Agent {AgentId} takes tasks again: there is room on the disk of its sandboxes", Id);
    }

    private void SendReleases()
    {
        if (IsRegistered && !_isLeaving && _releases.Next(Id, _epoch) is { } release)
            _masters.Send(release, Self);
    }

    private void CarryOut(IReadOnlyList<AgentDecision> decisions)
    {
        foreach (AgentDecision decision in decisions)
        {
            Problem? problem = null;
            if (decision.Number > _book.Identity.Decision)
                problem = CarryOut(decision);
            Epoch epoch = _epoch;
            Commit(() => _masters.Send(new DecisionCarriedOut(Id, epoch, decision.Number, problem), Self));
        }
    }

    private Problem? CarryOut(AgentDecision decision)
    {
        Problem? problem = null;
        Stop? drain = _book.Identity.Drain;
        switch (decision)
        {
            case AgentDecision.Operate operate:
                problem = Conversions.Of(operate.Operation, role: null).TryGet(out Conversion? conversion, out Problem? odd) ? _book.Convert(conversion) : odd;
                if (problem is null && conversion is not null)
                    Commit(() => DestroyVolumes([(conversion.Consumed, conversion.Converted)]));
                break;
            case AgentDecision.Drain { MaxGracePeriod: var grace }:
                drain = new Stop(grace, TaskReason.AgentDraining);
                EndAll(static _ => true, drain);
                break;
            case AgentDecision.Reactivate:
                drain = null;
                break;
        }
        _book.Decided(decision.Number, drain);
        return problem;
    }

    private void LeaveCluster()
    {
        Part();
        IActorRef sender = Sender;
        _isCheckpointDoubted = true;
        Commit(() =>
        {
            _masters.Send(new LeaveCluster(Id, _incarnation), Self);
            sender.Tell(Left.Instance);
        });
    }

    private sealed record HeartbeatDue
    {
        public static readonly HeartbeatDue Instance = new();
    }

    private sealed record RegistrationDue
    {
        public static readonly RegistrationDue Instance = new();
    }
}
