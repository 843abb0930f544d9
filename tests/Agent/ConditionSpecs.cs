using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Agent.Specs;

/// <summary>What masters are told of an agent whose containerizers work and fail each by itself.</summary>
public sealed class ConditionSpecs : AgentSpec
{
    private const int Always = int.MaxValue;
    private readonly FaultyContainerizer _engine = new() { Name = "engine", Kinds = ContainerKinds.Image };

    public ConditionSpecs()
    {
        Containerizers = [_engine, Containers];
        Begin();
    }

    [Fact]
    public void An_agent_tells_what_kinds_of_containers_it_runs_when_it_registers()
    {
        RegisterAgent register = Register();

        Assert.Equal(ContainerKinds.Process | ContainerKinds.Image, register.Info.Kinds);
        Assert.Equal(new AgentCondition([new("engine", ContainerKinds.Image), new("faulty", ContainerKinds.Process)]), register.Condition);
    }

    [Fact]
    public void While_one_containerizer_is_away_the_other_goes_on_and_the_reason_is_told()
    {
        Register();
        _engine.Mood = EngineMood.Refuses;
        ReportDegraded away = Next<ReportDegraded>(Allocator);
        Assert.Equal((false, ContainerKinds.Process, "engine: the engine is not there"), (away.IsDegraded, away.Condition!.Kinds, away.Condition.Why));

        Launch(Given.Task("plain"), Image("image"));

        Assert.Equal("container: engine does not work on this agent just now: the engine is not there", Keep("image", TaskState.Dropped).Message);
        AwaitAssert(() => Assert.Single(Containers.Starts), TimeSpan.FromSeconds(60));
        _engine.Mood = EngineMood.Well;
        ReportDegraded back = Next<ReportDegraded>(Allocator);
        Assert.Equal((ContainerKinds.Process | ContainerKinds.Image, (string?)null), (back.Condition!.Kinds, back.Condition.Why));
        Launch(Image("later"));
        Keep("later", TaskState.Running);
    }

    [Fact]
    public void Without_any_containerizer_it_is_degraded()
    {
        Register();
        _engine.Mood = Containers.Mood = EngineMood.Refuses;

        ReportDegraded report = Next<ReportDegraded>(Allocator, static report => report.IsDegraded);

        Assert.Equal("engine: the engine is not there; faulty: the engine is not there", report.Condition!.Why);
    }

    [Fact]
    public void An_end_that_is_seen_before_the_engine_is_known_to_be_back_leaves_nothing_untold()
    {
        Register();
        Launch(Image("a"));
        Keep("a", TaskState.Running);
        _engine.Faults["Probe"] = Always;
        Next<ReportDegraded>(Allocator);
        // The engine answers a look at the task, and only then the agent's own question.
        Agent.Tell(new Progress(Given.Key("a"), TaskState.Finished));
        Keep("a", TaskState.Finished);

        _engine.Faults["Probe"] = 0;

        Assert.Null(Next<ReportDegraded>(Allocator).Condition!.Why);
        Assert.Null(Next<AgentHeartbeat>(Allocator).Condition!.Why);
    }

    [Fact]
    public void A_report_that_was_lost_comes_again_with_each_heartbeat()
    {
        Register();
        _engine.Faults["Probe"] = Always;
        Next<ReportDegraded>(Allocator);

        Assert.Equal("engine: Probe fails", Next<AgentHeartbeat>(Allocator).Condition!.Why);
        Assert.Equal("engine: Probe fails", Next<AgentHeartbeat>(Allocator).Condition!.Why);
    }

    [Fact]
    public void What_changes_while_it_registers_is_told_as_soon_as_it_is_registered()
    {
        RegisterAgent register = Next<RegisterAgent>(Allocator);
        Assert.Null(register.Condition!.Why);
        _engine.Faults["Probe"] = Always;
        AwaitCondition(() => _engine.Faults["Probe"] < Always - 4);

        Register();

        Assert.Equal("engine: Probe fails", Next<ReportDegraded>(Allocator).Condition!.Why);
    }

    /// <summary>Engines come and go, tasks end, the agent registers anew, in any order: in the end masters know how it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_happens_in_whatever_order_what_was_told_last_is_what_is(int seed)
    {
        var random = new Random(seed);
        RegisterAgent known = Register();
        AgentCondition told = known.Condition!;
        for (int step = 0; step < 40; step++)
        {
            FaultyContainerizer one = random.Next(2) == 0 ? _engine : Containers;
            switch (random.Next(5))
            {
                case 0:
                    one.Mood = EngineMood.Refuses;
                    break;
                case 1:
                    one.Mood = EngineMood.Well;
                    break;
                case 2:
                    Agent.Tell(Order(ReferenceEquals(one, _engine) ? Image($"{step}") : Given.Task($"{step}")), Frameworks);
                    break;
                case 3:
                    Agent.Tell(new Progress(Given.Key($"{random.Next(step + 1)}"), TaskState.Finished));
                    break;
                default:
                    Agent.Tell(new RegisterAgain(Id, Epoch), Allocator);
                    break;
            }
            // Between two steps pass none, one or several probes.
            for (int messages = random.Next(3); messages > 0; messages--)
                Hear();
        }
        bool isAway = random.Next(2) == 0;
        (_engine.Mood, Containers.Mood) = (isAway ? EngineMood.Refuses : EngineMood.Well, EngineMood.Well);

        AwaitAssert(
            () =>
            {
                Hear();
                Assert.Equal(isAway ? "engine: the engine is not there" : "", told.Why ?? "");
            },
            TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(1));

        void Hear()
        {
            switch (Allocator.ReceiveOne(TimeSpan.FromSeconds(5)))
            {
                case RegisterAgent register:
                    told = register.Condition!;
                    Registration += register.Incarnation == known.Incarnation ? 0 : 1;
                    known = register;
                    Answer();
                    break;
                case ReportDegraded report:
                    told = report.Condition!;
                    break;
                // By then it was told: a heartbeat never says anything new.
                case AgentHeartbeat beat:
                    Assert.Equal(told, beat.Condition);
                    break;
            }
        }
    }

    private static TaskInfo Image(string id) => Given.Task(id) with { Container = new ContainerInfo("busybox") };
}
