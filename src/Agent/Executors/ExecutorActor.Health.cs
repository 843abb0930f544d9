using ActorScheduler.Agent.Health;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <content>Health checks, and checks that are only reported.</content>
internal sealed partial class ExecutorActor
{
    private readonly List<IActorRef> _probes = [];
    private string? _fatal;

    private void StartProbes(ContainerStatus status)
    {
        StopProbes();
        var prober = new Prober(_containers, Order.RunId, Task, status);
        DateTimeOffset since = _assignment.RunsSince!.Value;
        if (Task.HealthCheck is { } health)
        {
            _assignment.Health ??= new HealthTracker(health, since, _assignment.Healthy);
            Start(health, isReportOnly: false);
        }
        if (Task.Check is { } check)
            Start(check, isReportOnly: true);

        void Start(HealthCheck look, bool isReportOnly)
        {
            TimeSpan delay = look.Delay - (_time.GetUtcNow() - since);
            _probes.Add(Context.ActorOf(ProbeActor.Props(look, isReportOnly, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, prober, _time)));
        }
    }

    private void StopProbes()
    {
        foreach (IActorRef probe in _probes)
            Context.Stop(probe);
        _probes.Clear();
        _fatal = null;
    }

    private void Note(Probed probed)
    {
        if (!_probes.Contains(Sender))
            return;
        if (probed.IsReportOnly)
        {
            if (probed.Result.Check == _assignment.Checked)
                return;
            _assignment.Checked = probed.Result.Check;
            Tell(TaskState.Running, TaskReason.TaskCheckStatusUpdated);
            return;
        }
        HealthTracker health = _assignment.Health!;
        HealthVerdict verdict = health.Note(probed.Result, _time.GetUtcNow());
        if (verdict.IsNews)
            Tell(TaskState.Running, TaskReason.TaskHealthCheckStatusUpdated, probed.Result.Problem is { } problem ? $"Health check failed: {problem}" : null);
        if (!verdict.IsFatal || _fatal is not null)
            return;
        _fatal = $"Health check failed {health.Failures} times in a row: {probed.Result.Problem}";
        // A command fails also when the engine does not run it.
        if (Task.HealthCheck!.Probe is HealthProbe.Command)
            AskEngine();
        else
            Judge(new EngineAnswer(null));
    }

    private void Judge(EngineAnswer engine)
    {
        if (_fatal is not { } fatal)
            return;
        if (engine.Problem is not null)
        {
            Suspend();
            return;
        }
        _assignment.Unwell = fatal;
        StopContainer(new Stop(null, TaskReason.TaskHealthCheckStatusUpdated));
    }
}
