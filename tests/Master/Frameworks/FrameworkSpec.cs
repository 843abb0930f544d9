using ActorScheduler.Master.Frameworks;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Master.Specs.Frameworks;

/// <summary>One framework's actor between probes for its scheduler, the allocator and an agent.</summary>
public abstract class FrameworkSpec : TestKit
{
    internal static readonly FrameworkId Id = new("f-1");
    internal static readonly AgentId AgentId = new("agent-1");
    internal static readonly OfferId OfferId = new("E1-O0");

    internal static readonly Config Quick = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.test.single-expect-default = 30 s
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        actorscheduler.frameworks { session-timeout = 5 s, retry-min = 100 ms, retry-max = 400 ms, snapshot-every = 1000 }
        """).WithFallback(MasterRole.Config).WithFallback(ProtocolConfig.Reference);

    internal FrameworkSpec(Config? config = null)
        : base(config is null ? Quick : config.WithFallback(Quick))
    {
        Allocator = CreateTestProbe("allocator");
        Scheduler = CreateTestProbe("scheduler");
        Agent = CreateTestProbe("agent");
        Framework = Start();
    }

    internal TestProbe Allocator { get; }

    internal TestProbe Scheduler { get; }

    internal TestProbe Agent { get; }

    internal IActorRef Framework { get; private set; }

    internal Guid Session { get; } = Guid.NewGuid();

    internal static FrameworkInfo Info { get; } = new() { Name = "batch", Roles = ["eng"] };

    internal AgentStanding Registered => new(AgentId, AgentState.Registered, Agent, Registration: 1);

    internal static TaskInfo Task(string id, double cpus = 1) => new() { Id = new TaskId(id), Resources = Resources.Of(cpus: cpus, mem: 32), Command = new CommandInfo("true") };

    internal static TaskUpdate Status(string id, TaskState state) => new(
        new TaskId(id), state, TaskSource.Executor, AgentId: AgentId, Timestamp: DateTimeOffset.UnixEpoch, Uuid: Guid.NewGuid());

    /// <summary>Ends the actor at once and starts it again from its journal, as after a failover.</summary>
    internal void Restart()
    {
        Watch(Framework);
        Framework.Tell(Kill.Instance);
        ExpectTerminated(Framework);
        Framework = Start();
    }

    internal Subscribed Subscribe(FrameworkInfo? info = null, bool isNew = true)
    {
        Framework.Tell(new Subscribe(Id, Session, Scheduler, info ?? Info, [], isNew), Scheduler);
        return Scheduler.ExpectMsg<Subscribed>();
    }

    /// <summary>What a probe gets of one kind, whatever comes before it.</summary>
    internal static T Next<T>(TestProbe probe, Predicate<T>? fits = null) =>
        (T)probe.FishForMessage(message => message is T wanted && fits?.Invoke(wanted) != false, TimeSpan.FromSeconds(60));

    /// <summary>Tasks that are accepted and granted: with the agent.</summary>
    internal LaunchTasks Launch(params TaskInfo[] tasks)
    {
        UseOffers use = Accept(tasks);
        Framework.Tell(Granted(use), Allocator);
        var launch = Next<LaunchTasks>(Agent, sent => sent.Number == use.Number);
        Framework.Tell(new LaunchKept(Id, AgentId, launch.Number), Agent);
        return launch;
    }

    internal UseOffers Accept(params TaskInfo[] tasks)
    {
        var request = Guid.NewGuid();
        Framework.Tell(new AcceptOffers(Id, Session, request, [OfferId], [new OfferOperation.Launch(tasks)]), Scheduler);
        Assert.Equal(request, Next<CommandDone>(Scheduler).RequestId);
        // A slow machine may have asked for an earlier use twice.
        return Next<UseOffers>(Allocator, use => use.Operations.OfType<Operation.Launch>().Any(launch => launch.Tasks[0].Id == tasks[0].Id));
    }

    internal OffersUsed Granted(UseOffers use) => new(Id, new Epoch(1), use.Number, null, Registered, "eng", [], [], []);

    internal void Report(params TaskUpdate[] updates) => Framework.Tell(new ReportUpdates(Id, AgentId, Agent, updates), Agent);

    internal TaskUpdate NextUpdate(string task, TaskState state) =>
        Next<UpdatesReceived>(Scheduler, updates => updates.Updates.Any(update => update.TaskId.Value == task && update.State == state))
            .Updates.Single(update => update.TaskId.Value == task);

    internal void Acknowledge(TaskUpdate update) =>
        Framework.Tell(new AcknowledgeUpdates(Id, Session, [new UpdateKey(update.TaskId, update.Uuid!.Value)]), Scheduler);

    internal FrameworkSnapshot Snapshot(bool completed = false)
    {
        Framework.Tell(new GetFramework(Id, Completed: completed), TestActor);
        return ExpectMsg<FrameworkSnapshot>();
    }

    private IActorRef Start() => Sys.ActorOf(FrameworkActor.Props(Id, FrameworkSettings.From(Sys.Settings.Config), Allocator, TimeProvider.System));
}
