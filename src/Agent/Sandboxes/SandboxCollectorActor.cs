using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Removes sandboxes of ended runs. It lists what is there, and then asks its parent which of that has ended: a run that has
/// ended never begins again, and one that begins meanwhile is not in the list.
/// </summary>
internal sealed class SandboxCollectorActor : ReceiveActor, IWithTimers
{
    private IReadOnlyDictionary<string, string> _told = new Dictionary<string, string>();

    public SandboxCollectorActor(SandboxStore store, TimeSpan interval)
    {
        ILoggingAdapter log = Context.GetLogger();
        Receive<CollectDue>(_ => Task.Run(store.List).PipeTo(Self, success: static runs => new Listed(runs), failure: static cause => new Status.Failure(cause)));
        Receive<Listed>(listed => Context.Parent.Tell(new WhichEnded(listed.Runs)));
        Receive<RunsEnded>(ended => Task.Run(() => store.Collect(ended.Runs, store.MaxAge()))
            .PipeTo(Self, success: static done => new Collected(done.Removed, done.Failed), failure: static cause => new Status.Failure(cause)));
        Receive<Collected>(done =>
        {
            if (done.Runs.Count > 0)
                log.Info("{Removed} sandboxes were removed", done.Runs.Count);
            // It is tried again at each look, and told when it is new.
            foreach ((string run, string reason) in done.Failed.Where(failed => _told.GetValueOrDefault(failed.Key) != failed.Value))
                log.Warning("The sandbox of run {RunId} could not be removed: {Reason}", run, reason);
            _told = done.Failed;
            if (done.Runs.Count > 0)
                Context.Parent.Tell(done);
            Again();
        });
        Receive<Status.Failure>(failure =>
        {
            log.Warning("Garbage collection of sandboxes failed: {Problem}", failure.Cause.Message);
            Again();
        });

        void Again() => Timers.StartSingleTimer(nameof(CollectDue), CollectDue.Instance, interval);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="store">Which sandboxes.</param>
    /// <param name="interval">Between looks.</param>
    public static Props Props(SandboxStore store, TimeSpan interval) => Akka.Actor.Props.Create(() => new SandboxCollectorActor(store, interval));

    protected override void PreStart() => Self.Tell(CollectDue.Instance);

    /// <summary>Asks the parent which of these runs have ended; answered with <see cref="RunsEnded"/>.</summary>
    internal sealed record WhichEnded(IReadOnlyList<string> Runs);

    /// <summary>These runs have ended.</summary>
    internal sealed record RunsEnded(IReadOnlyList<string> Runs);

    /// <summary>Sandboxes that are gone, and those that are to go and cannot with the reason of each.</summary>
    internal sealed record Collected(IReadOnlyList<string> Runs, IReadOnlyDictionary<string, string> Failed);

    private sealed record Listed(IReadOnlyList<string> Runs);

    private sealed record CollectDue
    {
        public static readonly CollectDue Instance = new();
    }
}
