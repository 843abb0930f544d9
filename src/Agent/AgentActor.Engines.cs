using ActorScheduler.Agent.Executors;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>
/// Whether what runs containers works, each by itself. While one does not, its tasks stay as they were last seen and it gets no new
/// ones; the others go on.
/// </content>
internal sealed partial class AgentActor
{
    private readonly Dictionary<IContainerizer, EngineWatch> _engines = [];

    private string? TroubleOf(IContainerizer containers) => _engines.TryGetValue(containers, out EngineWatch? engine) ? engine.Trouble : null;

    private void ReceiveEngines()
    {
        Receive<ProbeDue>(due => Probe(due.Engine));
        Receive<Probed>(Learn);
    }

    private void ProbeEngines()
    {
        foreach (IContainerizer containers in _options.Containerizers.Where(static containers => !containers.IsSimulated))
        {
            _engines[containers] = new EngineWatch(containers);
            Probe(_engines[containers]);
        }
    }

    private void Probe(EngineWatch engine)
    {
        // One that hangs is not asked a second time while it does.
        if (engine.Asked is { IsCompleted: false })
        {
            Self.Tell(new Probed(engine, "it does not answer"));
            return;
        }
        (TimeSpan limit, bool isBound) = (_settings.ProbeTimeout, _book.Identity.Engines.ContainsKey(engine.Containers.Name));
        engine.Asked = Task.Run(async () =>
        {
            using var cancel = new CancellationTokenSource(limit);
            string? problem = await engine.Containers.Probe(cancel.Token);
            return (problem, isBound || problem is not null ? null : await engine.Containers.Identify(cancel.Token));
        });
        engine.Asked.WaitAsync(limit, _time).PipeTo(
            Self, success: answer => new Probed(engine, answer.Item1, answer.Item2),
            failure: cause => new Probed(engine, cause is TimeoutException or OperationCanceledException ? $"no answer within {limit.TotalSeconds:0.###} s" : cause.Message));
    }

    private void Learn(Probed probed)
    {
        EngineWatch engine = probed.Engine;
        // Sooner again while in doubt, so that the news is not old either way.
        TimeSpan pause = probed.Problem is null ? _settings.ProbeInterval : _settings.ProbeInterval / 2;
        Timers.StartSingleTimer(engine, new ProbeDue(engine), pause);
        string? problem = Recognize(engine.Containers, probed);
        engine.Failures = problem is null ? 0 : engine.Containers.Instead is not null ? EngineWatch.FailuresThatCount : engine.Failures + 1;
        string? before = engine.Trouble;
        engine.Trouble = engine.Failures >= EngineWatch.FailuresThatCount ? problem : engine.Failures == 0 ? null : engine.Trouble;
        if (before is null && engine.Trouble is not null)
        {
            _log.Warning("Agent {AgentId}: containerizer {Containerizer} does not work: {Problem}", Id, engine.Containers.Name, engine.Trouble);
            TellExecutors(engine.Containers, EngineLost.Instance);
        }
        else if (before is not null && engine.Trouble is null)
        {
            _log.Info("Agent {AgentId}: containerizer {Containerizer} works again; its containers are inspected", Id, engine.Containers.Name);
            TellExecutors(engine.Containers, EngineBack.Instance);
            FindContainers();
        }
    }

    private void TellExecutors(IContainerizer containers, object message)
    {
        foreach (Assignment assignment in _assignments.Values.Where(assignment => assignment.Containers == containers))
            assignment.Actor?.Tell(message);
    }

    /// <summary>Why a task cannot be started here now; null when it can.</summary>
    private Problem? WhyNot(TaskInfo task) => ContainerizerFor(task) switch
    {
        null => new Problem("container", $"no containerizer of this agent runs task '{task.Id}'"),
        var containers when TroubleOf(containers) is { } trouble =>
            new Problem("container", $"{containers.Name} does not work on this agent just now: {trouble}"),
        _ => null,
    };

    /// <summary>What is known of an engine.</summary>
    private sealed class EngineWatch(IContainerizer containers)
    {
        /// <summary>One slow answer on a busy host is no trouble yet.</summary>
        public const int FailuresThatCount = 2;

        public IContainerizer Containers { get; } = containers;

        public int Failures { get; set; }

        public string? Trouble { get; set; }

        public Task<(string? Problem, EngineName? Identity)>? Asked { get; set; }
    }

    private sealed record ProbeDue(EngineWatch Engine);

    private sealed record Probed(EngineWatch Engine, string? Problem, EngineName? Identity = null);
}
