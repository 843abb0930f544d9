using System.Collections.Immutable;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a node in phases, one after the other, each with tasks that run side by side: stop taking work, leave the cluster,
/// end the actors. The phases, their order and their time limits are at <c>akka.coordinated-shutdown</c>. It runs once, by
/// <see cref="Run" />, by the end of the process, or by terminating the system.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ShutdownPhases _phases;
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableDictionary<string, ImmutableList<ShutdownTask>> _tasks = ImmutableDictionary<string, ImmutableList<ShutdownTask>>.Empty;
    private Reason? _reason;

    internal CoordinatedShutdown(ExtendedActorSystem system, ShutdownPhases phases)
    {
        System = system;
        _phases = phases;
        Log = Logging.GetLogger(system, nameof(CoordinatedShutdown));
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why it runs or ran; null before.</summary>
    public Reason ShutdownReason => Volatile.Read(ref _reason)!;

    /// <summary>The time limits of the phases that have tasks, added up.</summary>
    public TimeSpan TotalTimeout => _tasks.Keys.Aggregate(TimeSpan.Zero, (total, phase) => total + Timeout(phase));

    internal ILoggingAdapter Log { get; }

    /// <summary>Ends with the last phase; for those who must know without having run it.</summary>
    internal Task<Done> Completed => _done.Task;

    public static CoordinatedShutdown Get(ActorSystem sys) =>
        (CoordinatedShutdown)sys.GetExtension(CoordinatedShutdownExtension.Instance);

    /// <summary>Adds a task to a phase. Tasks may add tasks to later phases.</summary>
    /// <exception cref="ArgumentException">The configuration does not know the phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        _phases.Get(phase);
        ImmutableInterlocked.Update(
            ref _tasks,
            static (all, added) => all.SetItem(added.phase, all.GetValueOrDefault(added.phase, []).Add(added.Task)),
            (phase, Task: new ShutdownTask(taskName, task)));
    }

    /// <summary>The time limit of a phase.</summary>
    /// <exception cref="ArgumentException">The configuration does not know the phase.</exception>
    public TimeSpan Timeout(string phase) => _phases.Get(phase).Timeout;

    /// <summary>
    /// Runs all phases, or those from <paramref name="fromPhase" /> on. Only the first call does; each call returns the task
    /// of that run.
    /// </summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (fromPhase is not null)
        {
            _phases.Get(fromPhase);
        }

        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            Log.Info("Running CoordinatedShutdown with reason [{0}]", reason);

            // Off the caller's thread, which may be an actor's that the phases wait for.
            _ = Task.Run(() => RunPhases(fromPhase));
        }

        return _done.Task;
    }

    private async Task RunPhases(string? fromPhase)
    {
        try
        {
            foreach (var phase in _phases.Ordered.SkipWhile(phase => fromPhase is not null && phase.Name != fromPhase))
            {
                await RunPhase(phase);
            }

            _done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        var tasks = _tasks.GetValueOrDefault(phase.Name, []);
        if (!phase.IsEnabled)
        {
            Log.Info("Phase [{0}] disabled through configuration, skipping [{1}] tasks.", phase.Name, tasks.Count);
            return;
        }

        if (tasks.IsEmpty)
        {
            Log.Debug("Performing phase [{0}] with [0] tasks", phase.Name);
            return;
        }

        Log.Debug("Performing phase [{0}] with [{1}] tasks: [{2}]", phase.Name, tasks.Count, string.Join(", ", tasks.Select(t => t.Name)));
        var running = tasks.Select(task => (task.Name, Run: RunTask(phase, task))).ToList();
        try
        {
            await Task.WhenAll(running.Select(task => task.Run)).WaitAsync(phase.Timeout);
        }
        catch (TimeoutException) when (running.Exists(task => !task.Run.IsCompleted))
        {
            var slow = string.Join(", ", running.Where(task => !task.Run.IsCompleted).Select(task => task.Name));
            var problem = $"Coordinated shutdown phase [{phase.Name}] timed out after {phase.Timeout}; not done: [{slow}]";
            Log.Warning(problem);
            if (!phase.Recovers)
            {
                throw new TimeoutException(problem);
            }
        }
    }

    private async Task RunTask(ShutdownPhase phase, ShutdownTask task)
    {
        try
        {
            await task.Run();
        }
        catch (Exception e)
        {
            Log.Warning("Task [{0}] failed in phase [{1}]: {2}", task.Name, phase.Name, e.Message);
            if (!phase.Recovers)
            {
                throw;
            }
        }
    }

    private sealed record ShutdownTask(string Name, Func<Task<Done>> Run);
}
