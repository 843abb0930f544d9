using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <summary>
/// Owns a host's resources, its tasks and its streams of updates. What it decides is in its book at once and told to nobody
/// before it is in the checkpoint. When it crashes it begins anew with what the checkpoint has; containers do not notice.
/// <code>
///   Loading -> Active (registering &lt;-> registered) -> refused for good, or leaving
///      |  ^-- cannot be read now: again after a pause
///      +----> cannot be read ever, or resources that do not fit: AgentEnded
///   launch -> check against what is idle -> checkpoint -> answer, executor -> progress -> checkpoint -> framework
/// </code>
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes of it.")]
internal sealed partial class AgentActor : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private readonly AgentOptions _options;
    private readonly AgentSettings _settings;
    private readonly MasterLink _masters;
    private readonly ICheckpoint _checkpoint;
    private readonly TimeProvider _time;
    private readonly SandboxStore? _sandboxes;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private AgentBook _book = null!;

    public AgentActor(AgentOptions options, AgentSettings settings, MasterLink masters, ICheckpoint checkpoint, TimeProvider time)
    {
        (_options, _settings, _masters, _checkpoint, _time) = (options, settings, masters, checkpoint, time);
        if (options.DataFolder is { } folder && options.Containerizers.Any(static containers => !containers.IsSimulated))
            _sandboxes = new SandboxStore(folder, settings.Sandboxes, time);
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

    /// <summary>Whatever a message has changed about how the agent is, masters hear of it.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        bool isHandled = Handle(receive, message);
        TellWhatChanged();
        return isHandled;
    }

    /// <summary>What something is wrong with by itself is answered or dropped here, and never gets as far as the book.</summary>
    private bool Handle(Receive receive, object message)
    {
        if (message is not IProtocolMessage asked)
            return base.AroundReceive(receive, message);
        if (MessageRules.Check(asked) is { } problem)
        {
            Sender.Tell(MessageRules.Refusal(asked, problem));
            return true;
        }
        if (PeerRules.Check(asked) is { } broken)
        {
            _log.Warning("The agent on {Hostname} drops {Message} of {Sender}: {Problem}", _options.Hostname, asked.GetType().Name, Sender, broken);
            return true;
        }
        return base.AroundReceive(receive, message);
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AllocatorStarted));
        Load();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        _sandboxes?.Dispose();
    }

    private void Load() => _checkpoint.Load().PipeTo(Self, failure: static cause => new LoadFailed(cause));

    private void Loading()
    {
        Receive<AgentMemory>(Begin);
        Receive<LoadDue>(_ => Load());
        Receive<LoadFailed>(failed =>
        {
            if (failed.Cause is CheckpointException)
            {
                End(new AgentId(_options.Hostname), new Problem("checkpoint", failed.Cause.Message));
                return;
            }
            _log.Error(
                "The checkpoint of the agent on {Hostname} cannot be read now: {Problem}. Its tasks run on and are out of reach; see to it that its data folder can be read",
                _options.Hostname, failed.Cause.Message);
            Context.System.EventStream.Publish(new AgentStarted($"its checkpoint cannot be read: {failed.Cause.Message}"));
            Timers.StartSingleTimer(nameof(LoadDue), LoadDue.Instance, _settings.Executors.RestartMax);
        });
        ReceiveAny(_ => Stash.Stash());
    }

    private void Begin(AgentMemory memory)
    {
        AgentIdentity? identity = new(new AgentId($"{_options.Hostname}-{Guid.NewGuid().ToString("N")[..12]}"), 0, _options.Resources, _options.Resources);
        if (memory.Identity is { } known && !Reconfiguration.Of(memory, _options.Resources).TryGet(out identity, out Problem? problem))
        {
            End(known.AgentId, problem);
            return;
        }
        _book = new AgentBook(memory, identity);
        _log.Info("Agent {AgentId} started with {Resources} and {Tasks} tasks", Id, _book.Identity.Total, _book.Tasks.Count);
        Context.System.EventStream.Publish(new AgentStarted(null));
        BecomeActive();
        if (memory.Identity is not null)
            SweepVolumes();
        BindEngines();
        ShelterTasks();
        foreach (KeptTask task in _book.Live.ToArray())
            Execute(task, isNew: false);
        FindContainers();
        ProbeEngines();
        CollectSandboxes();
        Stash.UnstashAll();
    }

    private void BecomeActive() => Become(() =>
    {
        ReceiveSaves();
        ReceiveMasters();
        ReceiveFrameworks();
        ReceiveExecutors();
        ReceiveEngines();
        ReceiveSandboxes();
        ReceiveQuestions();
    });

    /// <summary>It is no use to go on: what a person has to mend is said, nothing is changed, and containers are left alone.</summary>
    private void End(AgentId id, Problem problem)
    {
        _log.Error(
            "Agent {AgentId} cannot start: {Problem}. Its tasks run on and are out of reach until it does: mend that and start the node again", id, problem);
        Context.System.EventStream.Publish(new AgentEnded(id, problem, IsRefused: false));
        Context.Stop(Self);
    }

    private sealed record LoadFailed(Exception Cause);

    private sealed record LoadDue
    {
        public static readonly LoadDue Instance = new();
    }
}
