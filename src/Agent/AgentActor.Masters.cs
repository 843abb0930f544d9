using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>The allocator: registration, heartbeats, releases, operators' decisions.</content>
internal sealed partial class AgentActor
{
    private readonly SortedDictionary<long, ReleaseResources> _releases = [];
    private Epoch _epoch;
    private long _registration;
    private long _lastRelease;
    private bool _isLeaving;

    private bool IsRegistered => _registration > 0;

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
            if (again.Epoch >= _epoch)
                RegisterAnew();
        });
        Receive<HeartbeatSeen>(static _ => { });
        Receive<ReleaseSeen>(seen => _releases.Remove(seen.Number));
        Receive<HeartbeatDue>(_ => Beat());
        Receive<RegistrationDue>(_ =>
        {
            if (!IsRegistered)
                Register();
        });
        Receive<CarryOut>(carryOut =>
        {
            if (carryOut.Epoch == _epoch)
                CarryOut(carryOut.Decisions);
        });
        Receive<Leave>(_ => LeaveCluster());
    }

    private void RegisterAnew()
    {
        _registration = 0;
        Register();
    }

    /// <summary>Says all that the agent has; said again until it is answered.</summary>
    private void Register()
    {
        if (_isLeaving)
            return;
        var info = new AgentInfo(Id, _options.Hostname, _options.Attributes, _options.Domain, _options.HttpPort);
        _masters.Send(new RegisterAgent(
            Id, _incarnation, Self, _options.Node, info, _book.Identity.Total, _book.Held(), _book.Identity.Decision, IsDegraded: false), Self);
        Timers.StartSingleTimer(nameof(RegistrationDue), RegistrationDue.Instance, _settings.RegistrationRetry);
    }

    private void Registered(AgentRegistered registered)
    {
        if (registered.Epoch < _epoch)
            return;
        if (registered.Epoch > _epoch || registered.Registration != _registration)
        {
            // What was not released under another registration was not held under this one: it was not told.
            _releases.Clear();
            _lastRelease = registered.Epoch == _epoch ? _lastRelease : 0;
            _log.Info("Agent {AgentId} is registered with the allocator of epoch {Epoch}", Id, registered.Epoch);
        }
        (_epoch, _registration) = (registered.Epoch, registered.Registration);
        Timers.Cancel(nameof(RegistrationDue));
        Timers.StartPeriodicTimer(nameof(HeartbeatDue), HeartbeatDue.Instance, registered.HeartbeatInterval, registered.HeartbeatInterval);
        CarryOut(registered.Decisions);
        foreach (FrameworkId framework in _book.Owing)
            Report(framework);
    }

    private void Refused(AgentRefused refused)
    {
        if (!refused.IsFinal)
        {
            _log.Warning("Agent {AgentId} is not registered: {Problem}", Id, refused.Problem);
            return;
        }
        _log.Error("Agent {AgentId} is refused for good and ends what it runs: {Problem}", Id, refused.Problem);
        _isLeaving = true;
        Timers.CancelAll();
        EndAll(static _ => true, TaskReason.AgentRemovedByOperator);
        Context.System.EventStream.Publish(new AgentEnded(Id, refused.Problem));
    }

    private void Beat()
    {
        _masters.Send(new AgentHeartbeat(Id, _incarnation, Self, _epoch), Self);
        foreach (ReleaseResources release in _releases.Values)
            _masters.Send(release, Self);
    }

    private void Release(List<EndedTask> tasks, List<EndedExecutor> executors)
    {
        if (!IsRegistered || (tasks.Count == 0 && executors.Count == 0))
            return;
        var release = new ReleaseResources(Id, _epoch, ++_lastRelease, tasks, executors);
        _releases[release.Number] = release;
        _masters.Send(release, Self);
    }

    private void CarryOut(IReadOnlyList<AgentDecision> decisions)
    {
        foreach (AgentDecision decision in decisions.Where(decision => decision.Number > _book.Identity.Decision))
        {
            Problem? problem = decision is AgentDecision.Operate operate ? Operate(operate) : null;
            if (_book.Identity.Decision < decision.Number)
                _book.Decided(decision.Number);
            if (decision is AgentDecision.Drain drain)
                EndAll(static _ => true, TaskReason.AgentDraining, drain.MaxGracePeriod);
            Epoch epoch = _epoch;
            Commit(() => _masters.Send(new DecisionCarriedOut(Id, epoch, decision.Number, problem), Self));
        }
    }

    private Problem? Operate(AgentDecision.Operate operate) => Conversions.Of(operate.Operation, role: null).TryGet(out Conversion? conversion, out Problem? problem)
        ? _book.Convert([(conversion.Consumed, conversion.Converted)], operate.Number)
        : problem;

    private void LeaveCluster()
    {
        _isLeaving = true;
        Timers.CancelAll();
        IActorRef sender = Sender;
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
