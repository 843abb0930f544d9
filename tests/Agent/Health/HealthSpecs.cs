using System.Net;
using System.Net.Sockets;
using ActorScheduler.Agent.Specs.Executors;
using ActorScheduler.Agent.Specs.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs.Health;

/// <summary>Checks of tasks on a whole agent.</summary>
public sealed class HealthSpecs : AgentSpec
{
    private readonly TestSite _site = new();

    public HealthSpecs()
    {
        Begin();
        Register();
    }

    [Fact]
    public void A_web_server_is_well_unwell_and_then_killed()
    {
        int code = 204;
        _site.Page("/health", context => Task.FromResult(context.Response.StatusCode = code));
        Launch(Given.Task("a") with { HealthCheck = Fast(new HealthProbe.Http(_site.Port, "/health")) });

        Assert.Null(Keep("a", TaskState.Running).Healthy);
        TaskUpdate well = Keep("a", TaskState.Running);
        Assert.Equal((true, TaskReason.TaskHealthCheckStatusUpdated), (well.Healthy, well.Reason));
        code = 500;
        TaskUpdate unwell = Keep("a", TaskState.Running);
        Assert.Equal((false, $"Health check failed: GET /health on port {_site.Port} gives 500"), (unwell.Healthy, unwell.Message));
        Assert.Equal((TaskReason.TaskHealthCheckStatusUpdated, false), Keep("a", TaskState.Killing) is var killing ? (killing.Reason, killing.Healthy) : default);
        TaskUpdate end = Keep("a", TaskState.Killed);
        Assert.Equal((false, TaskReason.TaskHealthCheckStatusUpdated), (end.Healthy, end.Reason));
        Assert.StartsWith("Health check failed 2 times in a row", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_a_check_are_reported_when_they_change_and_never_end_a_task()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Launch(Given.Task("a") with { Check = Fast(new HealthProbe.Tcp(((IPEndPoint)listener.LocalEndpoint).Port)) });

        Assert.Null(Keep("a", TaskState.Running).Check);
        TaskUpdate first = Keep("a", TaskState.Running);
        Assert.Equal((new CheckStatus(CheckKind.Tcp, Succeeded: true), TaskReason.TaskCheckStatusUpdated), (first.Check, first.Reason));
        listener.Stop();
        Assert.Equal(false, Keep("a", TaskState.Running).Check?.Succeeded);
        Assert.Equal(TaskState.Running, Assert.Single(Held()).Status.State);
    }

    [Fact]
    public void A_command_is_run_in_the_container_and_its_output_says_what_is_wrong()
    {
        Containers.Executes = command => Task.FromResult<IContainerSession>(FakeSession.Of(3, $"{string.Join('|', command.Arguments)} failed"));
        Launch(Given.Task("a") with { HealthCheck = Fast(new HealthProbe.Command(new CommandInfo("test -f ok"))) });

        Assert.EndsWith("command ended with exit code 3: /bin/sh|-c|test -f ok failed", Keep("a", TaskState.Killed).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, TaskState.Finished, 0)]
    [InlineData("3", TaskState.Failed, 3)]
    public void A_task_that_ends_during_a_check_ends_as_it_did_whatever_the_check_saw(string? exit, TaskState state, int code)
    {
        int looks = 0;
        var told = new TaskCompletionSource();
        Containers.HoldsEnds = told.Task;
        Containers.Executes = async _ =>
        {
            // The second one begins when the first has been judged.
            if (++looks > 1)
                told.TrySetResult();
            await Containers.Over();
            return FakeSession.Of(137);
        };
        TaskInfo task = exit is null ? Given.Task("a", run: 0.2) : Given.Task("a", run: 0.2, labels: ("simulate.exit", exit));
        Launch(task with { HealthCheck = Fast(new HealthProbe.Command(new CommandInfo("true"))) with { ConsecutiveFailures = 1 } });

        Assert.Equal(TaskState.Running, Keep("a", TaskState.Running).State);
        TaskUpdate end = Keep("a", state);
        Assert.Equal((code, (bool?)null), (end.ExitCode, end.Healthy));
    }

    [Fact]
    public void A_look_that_hangs_is_a_failure_and_no_other_begins_meanwhile()
    {
        int begun = 0;
        Containers.Executes = _ =>
        {
            begun++;
            return new TaskCompletionSource<IContainerSession>().Task;
        };
        Launch(Given.Task("a") with { HealthCheck = Fast(new HealthProbe.Command(new CommandInfo("hang"))) });

        Assert.Contains("the last look at it still hangs", Keep("a", TaskState.Killed).Message, StringComparison.Ordinal);
        Assert.Equal(1, begun);
    }

    [Fact]
    public void A_silent_engine_does_not_make_a_task_unwell()
    {
        Containers.Executes = _ => Task.FromException<IContainerSession>(new ContainerException("the engine is not there"));
        Containers.Mood = EngineMood.Well;
        Launch(Given.Task("a") with { HealthCheck = Fast(new HealthProbe.Command(new CommandInfo("true"))) with { Interval = TimeSpan.FromMilliseconds(100) } });
        Keep("a", TaskState.Running);
        Containers.Mood = EngineMood.Refuses;
        Next<ReportDegraded>(Allocator);
        Containers.Executes = static _ => Task.FromResult<IContainerSession>(FakeSession.Of(0));
        Containers.Mood = EngineMood.Well;

        AwaitAssert(
            () =>
            {
                TaskUpdate status = Held().Single().Status;
                Assert.Equal((TaskState.Running, (bool?)true), (status.State, status.Healthy));
            },
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Health_goes_on_after_a_crash_of_the_agent_and_what_was_said_is_not_said_again()
    {
        int code = 200;
        _site.Page("/", context => Task.FromResult(context.Response.StatusCode = code));
        Launch(Given.Task("a") with { HealthCheck = Fast(new HealthProbe.Http(_site.Port)) });
        Keep("a", TaskState.Running);
        Guid? well = Keep("a", TaskState.Running).Uuid;
        Crash();
        Register();
        code = 404;

        // The same update may come once more: that it was delivered was not durable.
        TaskUpdate next;
        do
            next = Keep("a", TaskState.Running);
        while (next.Uuid == well || next.Healthy is null);
        Assert.False(next.Healthy);
        Assert.False(Keep("a", TaskState.Killed).Healthy);
    }

    protected override void AfterAll()
    {
        _site.Dispose();
        base.AfterAll();
    }

    private static HealthCheck Fast(HealthProbe probe) => new()
    {
        Probe = probe, Delay = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(20), Timeout = TimeSpan.FromMilliseconds(500), ConsecutiveFailures = 2, GracePeriod = TimeSpan.Zero,
    };
}
