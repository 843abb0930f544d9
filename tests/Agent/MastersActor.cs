using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

/// <summary>
/// Allocator and framework in one, as far as an agent can tell: each registration is a new one, launches are repeated until
/// they are kept, a part of the updates is not answered.
/// </summary>
internal sealed class MastersActor : ReceiveActor
{
    private readonly Dictionary<TaskId, List<TaskUpdate>> _told = [];
    private readonly Dictionary<long, LaunchTasks> _open = [];
    private readonly HashSet<TaskId> _kept = [];
    private readonly List<string> _faults = [];
    private RegisterAgent? _agent;
    private IActorRef? _wanted;
    private long _registration;
    private long _number;
    private int _left;
    private bool _isSettling;
    private bool _hasSettled;

    public MastersActor(int seed, IActorRef listener)
    {
        var random = new Random(seed);
        Receive<Live>(live => (_wanted, _left, _agent) = (live.Agent, live.Messages, null));
        Receive<Settle>(_ => _isSettling = true);
        Receive<RegisterAgent>(register =>
        {
            if (!register.Agent.Equals(_wanted))
                return;
            // The same incarnation is known already and keeps its registration.
            if (_agent?.Incarnation != register.Incarnation)
                _registration++;
            _agent = register;
            register.Agent.Tell(new AgentRegistered(register.AgentId, new Epoch(1), _registration, TimeSpan.FromMilliseconds(20), []));
            Launch();
        });
        Receive<LaunchKept>(kept =>
        {
            if (_open.Remove(kept.Number, out LaunchTasks? launch))
                _kept.UnionWith(launch.Tasks.Select(static task => task.Task.Id));
            Launch();
        });
        Receive<ReportUpdates>(reports =>
        {
            if (random.Next(3) == 0 && !_isSettling)
                return;
            foreach (TaskUpdate status in reports.Updates)
                Note(status);
            reports.Agent.Tell(new UpdatesKept(reports.FrameworkId, reports.AgentId, [.. reports.Updates.Select(static status => new UpdateKey(status.TaskId, status.Uuid!.Value))]));
        });
        Receive<ReleaseResources>(release => _agent?.Agent.Tell(new ReleaseSeen(release.AgentId, release.Epoch, release.Number)));
        Receive<AgentHeartbeat>(_ =>
        {
            Repeat();
            Launch();
        });
        ReceiveAny(static _ => { });

        bool Due() => _left > 0 && --_left == 0;

        void Launch()
        {
            if (Due())
                listener.Tell(new LifeOver());
            if (_isSettling)
            {
                if (!_hasSettled && _open.Count == 0 && _kept.All(task => _told.TryGetValue(task, out List<TaskUpdate>? told) && told[^1].State.IsTerminal()))
                {
                    _hasSettled = true;
                    listener.Tell(new Settled(string.Join("; ", _faults)));
                }
                return;
            }
            if (_agent is null || _open.Count > 5)
                return;
            long number = ++_number;
            LaunchTasks launch = Given.Launch(number, [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Given.Task($"{number}-{i}", 0.1))]) with
            {
                AgentId = _agent.AgentId, Registration = _registration,
            };
            _open[number] = launch;
            _agent.Agent.Tell(launch);
            if (random.Next(3) == 0)
                _agent.Agent.Tell(new EndTask(launch.Framework.Id, launch.AgentId, launch.Tasks[0].Task.Id, TimeSpan.Zero, null));
        }
    }

    private void Repeat()
    {
        foreach (LaunchTasks launch in _open.Values)
            _agent?.Agent.Tell(launch with { Tasks = [.. launch.Tasks.Where(task => !_told.TryGetValue(task.Task.Id, out List<TaskUpdate>? told) || !told[^1].State.IsTerminal())] });
    }

    private void Note(TaskUpdate status)
    {
        if (!_told.TryGetValue(status.TaskId, out List<TaskUpdate>? told))
            _told[status.TaskId] = told = [];
        if (told.Exists(known => known.Uuid == status.Uuid))
            return;
        if (told.Count > 0 && !told[^1].State.CanBecome(status.State))
            _faults.Add($"task {status.TaskId}: {status.State} after {told[^1].State}");
        told.Add(status);
    }

    internal sealed record Live(IActorRef Agent, int Messages);

    internal sealed record LifeOver;

    internal sealed record Settled(string Fault);

    internal sealed record Settle
    {
        public static readonly Settle Instance = new();
    }
}
