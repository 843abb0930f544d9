using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <summary>
/// Owns a host's resources, its tasks and its streams of updates. What it decides is in its book at once and told to nobody
/// before it is in the checkpoint; a failure in between ends the actor, and it begins anew with what the checkpoint has.
/// <code>
///   Loading -> Registering &lt;-> Registered -> (refused for good: Ended)
///   launch -> check against what is idle -> checkpoint -> answer, executor -> progress -> checkpoint -> framework
/// </code>
/// </summary>
internal sealed partial class AgentActor : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private readonly AgentOptions _options;
    private readonly AgentSettings _settings;
    private readonly MasterLink _masters;
    private readonly ICheckpoint _checkpoint;
    private readonly TimeProvider _time;
    private readonly Guid _incarnation = Guid.NewGuid();
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<Action> _afterSaving = [];
    private AgentBook _book = null!;
    private bool _isSaving;

    public AgentActor(AgentOptions options, AgentSettings settings, MasterLink masters, ICheckpoint checkpoint, TimeProvider time)
    {
        (_options, _settings, _masters, _checkpoint, _time) = (options, settings, masters, checkpoint, time);
        Loading();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private AgentId Id => _book.Identity.AgentId;

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <param name="options">What it is started with.</param>
    /// <param name="settings">Times and limits.</param>
    /// <param name="masters">The way to allocator and frameworks.</param>
    /// <param name="checkpoint">What it must not forget.</param>
    /// <param name="time">The clock.</param>
    public static Props Props(AgentOptions options, AgentSettings settings, MasterLink masters, ICheckpoint checkpoint, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new AgentActor(options, settings, masters, checkpoint, time));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AllocatorStarted));
        _checkpoint.Load().PipeTo(Self, failure: static cause => new Status.Failure(cause));
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void Loading()
    {
        Receive<AgentMemory>(Begin);
        Receive<Status.Failure>(failure => throw new CheckpointException($"the agent cannot begin: {failure.Cause.Message}", failure.Cause));
        ReceiveAny(_ => Stash.Stash());
    }

    private void Begin(AgentMemory memory)
    {
        AgentIdentity identity = memory.Identity is not { } known
            ? new AgentIdentity(new AgentId($"{_options.Hostname}-{Guid.NewGuid().ToString("N")[..12]}"), 0, _options.Resources, _options.Resources)
            : Reconfigured(known);
        _book = new AgentBook(memory, identity);
        _log.Info("Agent {AgentId} begins with {Resources} and {Tasks} tasks", Id, _book.Identity.Total, _book.Tasks.Count);
        Commit(() =>
        {
            foreach (KeptTask task in _book.Live.ToArray())
                Execute(task);
            BecomeActive();
            Stash.UnstashAll();
        });
        Become(Saving);
    }

    /// <summary>The operator gave it other resources: reservations and volumes stay when they still fit.</summary>
    private AgentIdentity Reconfigured(AgentIdentity known)
    {
        if (known.Configured.Equals(_options.Resources))
            return known;
        Resources special = known.Total.SubtractOrEmpty(known.Configured);
        _log.Info("Agent {AgentId} was given {Configured} before and {Resources} now", known.AgentId, known.Configured, _options.Resources);
        Resources taken = known.Configured.SubtractOrEmpty(known.Total);
        return known with { Configured = _options.Resources, Total = _options.Resources.SubtractOrEmpty(taken).Add(special) };
    }

    /// <summary>At the start nothing else is done before the first save.</summary>
    private void Saving()
    {
        ReceiveSaved();
        ReceiveAny(_ => Stash.Stash());
    }

    private void BecomeActive()
    {
        Become(() =>
        {
            ReceiveSaved();
            ReceiveMasters();
            ReceiveFrameworks();
            ReceiveExecutors();
        });
        Register();
    }

    private void ReceiveSaved()
    {
        Receive<Saved>(saved =>
        {
            _isSaving = false;
            foreach (Action then in saved.Then)
                then();
            Save();
        });
        Receive<SaveFailed>(failed => throw new CheckpointException($"the agent's checkpoint cannot be written: {failed.Cause.Message}", failed.Cause));
    }

    /// <summary>Goes on once all that the book has changed is durable. What comes while a save is under way goes into the next.</summary>
    private void Commit(Action then)
    {
        _afterSaving.Add(then);
        Save();
    }

    private void Save()
    {
        if (_isSaving || _afterSaving.Count == 0)
            return;
        _isSaving = true;
        Action[] then = [.. _afterSaving];
        _afterSaving.Clear();
        IReadOnlyList<CheckpointChange> changes = _book.TakeChanges();
        if (changes.Count == 0)
            Self.Tell(new Saved(then));
        else
            _checkpoint.Save(changes).PipeTo(Self, success: () => new Saved(then), failure: static cause => new SaveFailed(cause));
    }

    private IContainerizer? ContainerizerFor(TaskInfo task) => _options.Containerizers.FirstOrDefault(containerizer => containerizer.CanRun(task));

    private sealed record Saved(IReadOnlyList<Action> Then);

    private sealed record SaveFailed(Exception Cause);
}
