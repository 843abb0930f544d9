using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Agent.Specs;

/// <summary>An agent's actor between probes for the allocator and for frameworks.</summary>
public abstract class AgentSpec : TestKit
{
    internal static readonly Config Quick = ConfigurationFactory.ParseString("""
        akka.loglevel = OFF
        akka.test.single-expect-default = 30 s
        actorscheduler.agent {
          registration-retry = 100 ms, update-retry-min = 100 ms, update-retry-max = 400 ms, kill-grace-period = 20 ms
          call-timeout = 1 s, restart-min = 20 ms, restart-max = 100 ms, probe-interval = 100 ms, probe-timeout = 500 ms
        }
        """).WithFallback(ProtocolConfig.Reference);

    private long _number;

    internal AgentSpec(Config? config = null)
        : base(config is null ? Quick : config.WithFallback(Quick))
    {
        Allocator = CreateTestProbe("allocator");
        Frameworks = CreateTestProbe("frameworks");
        Containerizers = [Containers];
    }

    internal TestProbe Allocator { get; }

    internal TestProbe Frameworks { get; }

    internal FaultyContainerizer Containers { get; } = new();

    /// <summary>What the agent runs containers by.</summary>
    internal IReadOnlyList<IContainerizer> Containerizers { get; set; }

    internal ICheckpoint Checkpoint { get; set; } = new MemoryCheckpoint();

    /// <summary>Where files are kept; null for none.</summary>
    internal string? DataFolder { get; set; }

    /// <summary>Containerizers whose tasks are given up where they cannot be seen.</summary>
    internal IReadOnlyCollection<string> GivenUp { get; set; } = [];

    internal IActorRef Agent { get; private set; } = ActorRefs.Nobody;

    internal AgentId Id { get; private set; }

    internal Epoch Epoch { get; set; } = new(1);

    internal long Registration { get; set; } = 1;

    internal IActorRef Begin(Resources? resources = null)
    {
        var options = new AgentOptions { Hostname = "host", Resources = resources ?? Given.Host, Containerizers = Containerizers, DataFolder = DataFolder, GivenUp = GivenUp };
        return Agent = Sys.ActorOf(AgentActor.Props(options, AgentSettings.From(Sys.Settings.Config), new ProbeLink(Allocator, Frameworks), Checkpoint, TimeProvider.System));
    }

    /// <summary>Ends the actor at once and begins again from its checkpoint. Registrations get higher numbers.</summary>
    internal void Crash(Resources? resources = null)
    {
        End();
        Registration++;
        Begin(resources);
    }

    /// <summary>Ends the actor at once; its containers go on.</summary>
    internal void End()
    {
        Watch(Agent);
        Agent.Tell(Kill.Instance);
        ExpectTerminated(Agent);
    }

    internal RegisterAgent Register(params AgentDecision[] decisions)
    {
        // A slow machine may have seen an earlier one repeated.
        var register = Next<RegisterAgent>(Allocator, register => register.Agent.Equals(Agent));
        Id = register.AgentId;
        Answer(decisions);
        return register;
    }

    internal void Answer(params AgentDecision[] decisions) =>
        Agent.Tell(new AgentRegistered(Id, Epoch, Registration, TimeSpan.FromMilliseconds(100), decisions), Allocator);

    internal LaunchTasks Order(params TaskInfo[] tasks) =>
        Given.Launch(++_number, tasks) with { AgentId = Id, Epoch = Epoch, Registration = Registration };

    internal LaunchTasks Launch(params TaskInfo[] tasks)
    {
        LaunchTasks launch = Order(tasks);
        Agent.Tell(launch, Frameworks);
        Next<LaunchKept>(Frameworks, kept => kept.Number == launch.Number);
        return launch;
    }

    /// <summary>Keeps all updates until one of these comes.</summary>
    internal TaskUpdate Keep(string task, TaskState state)
    {
        while (true)
        {
            var reports = Next<ReportUpdates>(Frameworks);
            Keep(reports);
            if (reports.Updates.FirstOrDefault(status => status.TaskId.Value == task && status.State == state) is { } found)
                return found;
        }
    }

    internal void Keep(ReportUpdates reports) => reports.Agent.Tell(
        new UpdatesKept(reports.FrameworkId, reports.AgentId, [.. reports.Updates.Select(static status => new UpdateKey(status.TaskId, status.Uuid!.Value))]), Frameworks);

    internal IReadOnlyList<TaskOnAgent> Held()
    {
        Agent.Tell(new AskForTasks(Given.FrameworkId, Id, ++_number), Frameworks);
        return Next<TasksHeld>(Frameworks, held => held.Question == _number).Tasks;
    }

    internal static T Next<T>(TestProbe probe, Predicate<T>? fits = null) =>
        (T)probe.FishForMessage(message => message is T wanted && fits?.Invoke(wanted) != false, TimeSpan.FromSeconds(60));
}
