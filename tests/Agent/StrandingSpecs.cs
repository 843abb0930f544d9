using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

/// <summary>Tasks run where the agent does not look any more: without their containerizer, or with another engine in its place.</summary>
public sealed class StrandingSpecs : AgentSpec
{
    private static readonly EngineName First = new("first", "unix:///first");
    private static readonly EngineName Second = new("second", "unix:///second");
    private readonly FaultyContainerizer _engine = new() { Name = "engine", Kinds = ContainerKinds.Image, Engine = First };

    public StrandingSpecs()
    {
        Containerizers = [_engine, Containers];
        Begin();
        Register();
        Launch(Image("a"));
        Keep("a", TaskState.Running);
        Launch(Given.Task("plain"));
        Keep("plain", TaskState.Running);
        AwaitAssert(() => Assert.Equal(First, Kept().Identity!.Engines.GetValueOrDefault("engine")), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Without_its_containerizer_a_task_keeps_its_state_and_its_resources_and_people_are_told_what_to_do()
    {
        RegisterAgent register = WithoutEngine();

        Assert.Equal(["a", "plain"], register.Tasks.Select(static held => held.Task.Id.Value).Order());
        Assert.All(Held(), static task => Assert.Equal(TaskState.Running, task.Status.State));
        Assert.False(register.IsDegraded);
        ContainerizerCondition told = register.Condition!.Containerizers[^1];
        Assert.Equal(("engine", ContainerKinds.Image), (told.Name, told.Kinds));
        Assert.Equal(
            "it is not among --containerizers any more, but has the task 'a' of this agent, which may run on: start the node with --containerizers naming engine again, "
            + "or, when they have ended or were ended by hand, start the node once with --give-up engine",
            told.Trouble);
        Launch(Given.Task("big", 3));
        Assert.Equal(TaskReason.ResourcesUnknown, Keep("big", TaskState.Dropped).Reason);
    }

    [Fact]
    public void Who_kills_it_then_hears_why_it_cannot_be_done_and_it_is_done_when_the_containerizer_is_back()
    {
        WithoutEngine();
        Kill();
        Assert.StartsWith(
            "It cannot be ended now, and will be as soon as that is possible: engine: it is not among --containerizers any more", Keep("a", TaskState.Killing).Message, StringComparison.Ordinal);

        Containerizers = [_engine, Containers];
        Crash();

        Register();
        Keep("a", TaskState.Killed);
        Assert.Single(_engine.Starts);
    }

    [Fact]
    public void It_goes_on_as_it_was_when_the_containerizer_is_back()
    {
        WithoutEngine();
        Containerizers = [_engine, Containers];
        Crash();

        Assert.All(Register().Condition!.Containerizers, static one => Assert.Null(one.Trouble));

        Kill();
        Keep("a", TaskState.Killed);
        Assert.Single(_engine.Starts);
    }

    [Fact]
    public void A_containerizer_that_can_run_anything_does_not_take_what_another_one_has()
    {
        Containerizers = [new FaultyContainerizer { Name = "other", Kinds = ContainerKinds.Image | ContainerKinds.Process }];
        Crash();

        Register();

        Assert.All(Held(), static task => Assert.Equal(TaskState.Running, task.Status.State));
        ExpectNothingEnded();
    }

    [Fact]
    public void An_operator_gives_them_up_for_good()
    {
        GivenUp = ["engine"];

        RegisterAgent register = WithoutEngine();

        Assert.Equal("plain", Assert.Single(register.Tasks).Task.Id.Value);
        Assert.Single(register.Condition!.Containerizers);
        Assert.Contains("--give-up engine", Keep("a", TaskState.GoneByOperator).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_engine_does_not_have_has_not_ended()
    {
        _engine.Engine = Second;
        Crash();
        RegisterAgent register = Register();
        string? trouble = register.Condition!.Containerizers[0].Trouble ?? Next<ReportDegraded>(Allocator).Condition!.Containerizers[0].Trouble;

        Assert.Equal(
            "another engine answers at unix:///second (ID second) than the one at unix:///first (ID first) that has the task 'a' of this agent, which may run on: "
            + "let that engine answer again, or, when they have ended or were ended by hand, start the node once with --give-up engine",
            trouble);
        Kill();
        Assert.Contains("another engine answers", Keep("a", TaskState.Killing).Message, StringComparison.Ordinal);
        Launch(Image("b"));
        Keep("b", TaskState.Dropped);
        _engine.Engine = First;
        Keep("a", TaskState.Killed);
        Assert.Single(_engine.Starts);
    }

    [Fact]
    public void An_engine_that_takes_the_place_of_another_while_the_agent_runs_ends_nothing_either()
    {
        _engine.Engine = Second;

        Assert.Contains("ID first", Next<ReportDegraded>(Allocator).Condition!.Why, StringComparison.Ordinal);

        ExpectNothingEnded();
        _engine.Engine = First;
        Assert.Null(Next<ReportDegraded>(Allocator).Condition!.Why);
    }

    [Fact]
    public void Given_up_tasks_make_way_for_another_engine()
    {
        GivenUp = ["engine"];
        _engine.Engine = Second;
        Crash();
        Register();

        Keep("a", TaskState.GoneByOperator);

        AwaitAssert(() => Assert.Equal(Second, Kept().Identity!.Engines["engine"]), TimeSpan.FromSeconds(60));
        Launch(Image("b"));
        Keep("b", TaskState.Running);
    }

    [Fact]
    public void Without_tasks_in_the_one_before_another_engine_is_taken_as_it_is()
    {
        Kill();
        Keep("a", TaskState.Killed);
        _engine.Engine = Second;
        Crash();
        Register();

        AwaitAssert(() => Assert.Equal(Second, Kept().Identity!.Engines["engine"]), TimeSpan.FromSeconds(60));

        Launch(Image("b"));
        Keep("b", TaskState.Running);
    }

    [Fact]
    public void Tasks_of_checkpoints_that_do_not_say_what_runs_them_belong_to_what_runs_their_kind()
    {
        KeptTask image = Kept().Tasks.Single(static task => task.Launch.Task.Id.Value == "a") with { Containerizer = null };
        KeptTask plain = Kept().Tasks.Single(static task => task.Launch.Task.Id.Value == "plain") with { Containerizer = null };

        Assert.Equal(("engine", "faulty"), (Stranding.HomeOf(image, [_engine, Containers]), Stranding.HomeOf(plain, [_engine, Containers])));
        Assert.Equal("docker", Stranding.HomeOf(image, [Containers]));
        Assert.Equal("process", Stranding.HomeOf(plain, [_engine]));
    }

    private static TaskInfo Image(string id) => Given.Task(id) with { Container = new ContainerInfo("busybox") };

    private AgentMemory Kept() => ((MemoryCheckpoint)Checkpoint).Memory;

    private RegisterAgent WithoutEngine()
    {
        Containerizers = [Containers];
        Crash();
        return Register();
    }

    private void Kill() => Agent.Tell(new EndTask(Given.FrameworkId, Id, new TaskId("a"), TimeSpan.Zero, null), Frameworks);

    private void ExpectNothingEnded()
    {
        Assert.All(Held(), static task => Assert.False(task.Status.State.IsTerminal()));
        AwaitAssert(() => Assert.DoesNotContain(Kept().Updates, static update => update.Status.State.IsTerminal()));
    }
}
