using System.Collections.Concurrent;
using ActorScheduler.Containers.Processes.Groups;
using ActorScheduler.Containers.Processes.Host;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// Plain processes of the host, for tasks with a command and without an image. Each runs under a supervisor of a few lines of shell
/// that outlives the agent and writes down how its command ended; whoever comes later finds both by the run id. Where the agent
/// may, each run has a control group: then its limits hold, and nothing of it escapes when it is killed.
/// </summary>
public sealed partial class ProcessContainerizer : IContainerizer, IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly ConcurrentDictionary<string, ProcessRun> _runs = new(StringComparer.Ordinal);
    private readonly ProcessSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private readonly RunStore _store;
    private readonly IControlGroups? _groups;
    private readonly Remains _remains;
    private readonly ExitWatch _watch = new();
    private readonly PipeWatch _pipes = new();
    private readonly SemaphoreSlim _starting;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _looking;

    /// <summary>A containerizer. Runs of an earlier process are found when they are asked for.</summary>
    /// <param name="settings">How processes are run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told for people, once, whether control groups are used.</param>
    public ProcessContainerizer(ProcessSettings settings, TimeProvider time, Action<string>? log = null)
    {
        (_settings, _time, _log) = (settings, time, log ?? (static _ => { }));
        _store = new RunStore(settings.StateFolder);
        _starting = new SemaphoreSlim(settings.StartsInFlight);
        (_groups, string reason) = GroupDetection.Find(settings, time.GetUtcNow().UtcDateTime);
        _remains = new Remains(_groups, settings, time);
        _log(_groups is not null
            ? $"limits by {_groups.Description}"
            : $"no control groups ({reason}): cpus and mem are not enforced, and a task's processes are told by their session and environment");
        _leftSupervisors = new Lazy<IReadOnlyDictionary<string, int>>(FindSupervisors);
        _looking = Task.Run(Look);
    }

    /// <inheritdoc/>
    public string Name => "process";

    /// <summary>Whether limits hold.</summary>
    internal bool HasControlGroups => _groups is not null;

    /// <inheritdoc/>
    public ContainerKinds Kinds => ContainerKinds.Process;

    /// <inheritdoc/>
    public bool CanRun(TaskInfo task) =>
        task.Container?.Image is not { Length: > 0 } && task.Command is { Value.Length: > 0 } && task.Executor is not { Kind: ExecutorKind.Custom };

    /// <inheritdoc/>
    public async Task<ContainerState> Inspect(string runId, CancellationToken cancellation)
    {
        ProcessRun run = await Enter(runId, cancellation);
        try
        {
            return run.Phase switch
            {
                RunPhase.Running => new ContainerState.Running(StatusOf(run)),
                RunPhase.Ended => new ContainerState.Ended(await run.Ended.Task),
                _ => RunStore.IsRunId(runId) && await Task.Run(() => EndOrphan(runId, cancellation), cancellation) is { } end ? new ContainerState.Ended(end) : new ContainerState.Absent(),
            };
        }
        finally
        {
            Leave(run);
        }
    }

    /// <inheritdoc/>
    public async Task<ContainerEnd> WhenEnded(string runId, CancellationToken cancellation)
    {
        ProcessRun run = await Enter(runId, cancellation);
        bool isAbsent = run.Phase == RunPhase.Absent;
        Leave(run);
        return isAbsent ? throw new ContainerException($"there is no process {runId}") : await run.Ended.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task Stop(string runId, TimeSpan grace, CancellationToken cancellation)
    {
        ProcessRun run = await Enter(runId, cancellation);
        (RunPhase phase, RunFacts? facts, int supervisor) = (run.Phase, run.Facts, run.Supervisor);
        Leave(run);
        if (phase != RunPhase.Running)
            return;
        if (grace > TimeSpan.Zero)
        {
            await Task.Run(() => SignalSession(run, Kernel.SigTerm), cancellation);
            await ((Task)run.Ended.Task).WaitAsync(grace, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
        long since = _time.GetTimestamp();
        while (!run.Ended.Task.IsCompleted)
        {
            await Task.Run(() => _remains.KillCommand(facts!, supervisor), cancellation);
            await ((Task)run.Ended.Task).WaitAsync(TimeSpan.FromMilliseconds(200), _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            if (!run.Ended.Task.IsCompleted && _time.GetElapsedTime(since) > _settings.KillTimeout)
                throw new ContainerException($"process {runId} was killed and has not ended");
        }
    }

    /// <inheritdoc/>
    public async Task Remove(string runId, CancellationToken cancellation)
    {
        if (!RunStore.IsRunId(runId))
            return;
        ProcessRun run = await Enter(runId, cancellation);
        try
        {
            await Task.Run(() => run.Phase == RunPhase.Absent ? EndOrphan(runId, cancellation) : Remove(run, cancellation), cancellation);
        }
        finally
        {
            Leave(run);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The state folder is the agent's own, so all in it are, whichever id it had when it started them.</remarks>
    public async Task<IReadOnlyCollection<FoundContainer>> List(AgentId agent, string? sandboxes, CancellationToken cancellation)
    {
        var own = new List<FoundContainer>();
        foreach (string runId in await Task.Run(_store.List, cancellation))
        {
            ProcessRun run = await Enter(runId, cancellation);
            if (run is { Phase: not RunPhase.Absent, Facts: { } facts })
                own.Add(new FoundContainer(runId, new AgentId(facts.AgentId), run.Phase == RunPhase.Running) { Launch = facts.Launch, EndedBy = $"kill -KILL -- -{run.Supervisor}" });
            Leave(run);
        }
        own.AddRange((await Task.Run(() => Orphans().ToArray(), cancellation)).Select(orphan =>
            new FoundContainer(orphan.RunId, agent, Runs: true) { EndedBy = $"kill -KILL -- -{orphan.Supervisor}" }));
        return own;
    }

    /// <inheritdoc/>
    public async Task<ContainerUsage> Usage(string runId, CancellationToken cancellation)
    {
        (RunFacts facts, int supervisor) = await Running(runId, cancellation);
        return await Task.Run(() => _remains.Usage(facts, supervisor), cancellation);
    }

    /// <inheritdoc/>
    public async Task Resize(string runId, TaskInfo task, CancellationToken cancellation)
    {
        (RunFacts facts, _) = await Running(runId, cancellation);
        if (_groups is null || !facts.HasGroup)
            return;
        try
        {
            await Task.Run(() => _groups.Make(runId, GroupLimits.Of(task, _settings)), cancellation);
        }
        catch (IOException e)
        {
            throw new ContainerException($"its limits cannot be changed: does it take more memory now than it is to have? ({e.Message})", e);
        }
    }

    /// <inheritdoc/>
    public async Task<IContainerSession> Execute(string runId, ContainerCommand command, CancellationToken cancellation)
    {
        (RunFacts facts, _) = await Running(runId, cancellation);
        return await Task.Run(
            () =>
            {
                HostUser? user = command.User is { Length: > 0 } name ? HostUser.Find(name, _settings) : facts.User;
                var environment = new Dictionary<string, string>(facts.Environment);
                foreach ((string key, string value) in command.Environment ?? new Dictionary<string, string>())
                    environment[key] = value;
                string? mark = null;
                if (command.KillsLeftovers)
                {
                    environment[ContainerCommand.Marker] = $"{Guid.NewGuid():N}";
                    mark = $"{ContainerCommand.Marker}={environment[ContainerCommand.Marker]}";
                }
                IReadOnlyList<string> join = facts.HasGroup && _groups is not null ? _groups.JoinFiles(runId) : [];
                return (IContainerSession)ProcessSession.Start(command, new ProcessSession.Place(
                    _watch,
                    (streams, terminal) => Supervisor.StartBeside(facts, user, environment, join, _settings.Limits, command.Arguments, streams, terminal),
                    session => KillBeside(facts, session, null),
                    // Without a control group all processes of the host would have to be looked at after each command: those of its session are enough.
                    session => KillBeside(facts, session, mark, onlyIf: facts.HasGroup || Kernel.Kill(-session, 0)),
                    _time));
            },
            cancellation);
    }

    /// <summary>Kills what a command beside a run's own has started.</summary>
    private void KillBeside(RunFacts facts, int session, string? variable, bool onlyIf = true)
    {
        string own = $"{RunFacts.Marker}={facts.RunId}";
        if (onlyIf)
            Leftovers.Kill(Own, session, variable);

        IEnumerable<int> Own() => facts.HasGroup && _groups is not null ? _groups.Members(facts.RunId)
            : ProcessTable.All().Select(static entry => entry.Process).Where(process => ProcessTable.HasVariable(process, own));
    }

    /// <inheritdoc/>
    public Task<string?> Probe(CancellationToken cancellation) => Task.Run(
        () => File.Exists(Supervisor.Shell) ? _store.Probe() : $"processes: the host lacks {Supervisor.Shell}", cancellation);

    /// <summary>Ends watching; processes go on, and who waits for the end of one is told nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watch.Dispose();
        foreach (ProcessRun run in _runs.Values)
            run.Output?.Leave();
        _pipes.Dispose();
        _starting.Dispose();
        _disposed.Dispose();
    }

    private async Task<(RunFacts Facts, int Supervisor)> Running(string runId, CancellationToken cancellation)
    {
        ProcessRun run = await Enter(runId, cancellation);
        try
        {
            return run.Phase switch
            {
                RunPhase.Running => (run.Facts!, run.Supervisor),
                RunPhase.Ended => throw new ContainerException($"process {runId} does not run"),
                _ => throw new ContainerException($"there is no process {runId}"),
            };
        }
        finally
        {
            Leave(run);
        }
    }

    private static ContainerStatus StatusOf(ProcessRun run) => new(run.Id, [], run.Supervisor, run.Facts!.Sandbox);
}
