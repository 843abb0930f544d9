using ActorScheduler.Client;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Agents that operators take away: planned, emptied, gone.</summary>
public sealed class MaintenanceSpecs : IAsyncLifetime
{
    private readonly TestCluster _cluster = TestCluster.Of();
    private SchedulerClient _client = null!;
    private FrameworkSession _session = null!;

    [Fact]
    public async Task Whoever_has_tasks_on_an_agent_that_will_be_away_is_asked_to_leave_until_the_window_is_off()
    {
        AgentId agent = await Running("t1");
        var window = new Unavailability(DateTimeOffset.MaxValue.AddYears(-1), TimeSpan.FromHours(1));

        await _client.AskAllocatorAsync<CommandDone>(new ScheduleMaintenance(Guid.NewGuid(), agent, window));

        LeaveRequest request = await _session.LeaveRequestsAsync().First();
        Assert.Equal((agent, window), (request.Offer!.AgentId, request.Offer.Unavailability));
        (await _session.AnswerInverseOffersAsync([request.Id], accept: true)).OrThrow();
        Assert.Equal(window, (await Agent()).Unavailability);
        // What is left of it is offered with a word of warning, and the task goes on: the request is advisory.
        (await _session.ReviveAsync()).OrThrow();
        Offer offer = await _session.OffersAsync().First(static offer => offer.Unavailability is not null);
        Assert.Equal(window, offer.Unavailability);
        (await _session.DeclineAsync([offer.Id])).OrThrow();

        await _client.AskAllocatorAsync<CommandDone>(new ScheduleMaintenance(Guid.NewGuid(), agent, Unavailability: null));

        Assert.Null((await Agent()).Unavailability);
        (await _session.ReviveAsync()).OrThrow();
        Assert.Null((await _session.OffersAsync().First(static offer => offer.Unavailability is null)).Unavailability);
        Assert.Equal(1, (await Agent()).Tasks);
    }

    [Fact]
    public async Task A_framework_that_declines_to_leave_keeps_its_task()
    {
        AgentId agent = await Running("t1");
        await _client.AskAllocatorAsync<CommandDone>(new ScheduleMaintenance(Guid.NewGuid(), agent, new Unavailability(DateTimeOffset.MaxValue.AddYears(-1))));
        LeaveRequest request = await _session.LeaveRequestsAsync().First();

        (await _session.AnswerInverseOffersAsync([request.Id], accept: false)).OrThrow();

        Assert.Equal(1, (await Agent()).Tasks);
        (await _session.KillAsync(new TaskId("t1"))).OrThrow();
        await _session.Update("t1", TaskState.Killed);
    }

    [Fact]
    public async Task Draining_cuts_the_time_that_tasks_get_and_ends_when_the_agent_is_reactivated()
    {
        // It does not listen, and would get half an hour.
        AgentId agent = await Running("deaf", task => task with { KillGracePeriod = TimeSpan.FromMinutes(30), Labels = new Labels(new Label("simulate.hang", "")) });

        await _client.AskAllocatorAsync<CommandDone>(new DrainAgent(Guid.NewGuid(), agent, TimeSpan.FromMilliseconds(50)));

        Assert.Equal(TaskReason.AgentDraining, (await _session.Update("deaf", TaskState.Killed)).Reason);
        Assert.True(await Agent() is { IsActive: false, IsDraining: true });
        await _client.AskAllocatorAsync<CommandDone>(new ReactivateAgent(Guid.NewGuid(), agent));
        await _session.Launch(Session.Task("t2"));
        await _session.Update("t2", TaskState.Running);
        Assert.True(await Agent() is { IsActive: true, IsDraining: false });
    }

    [Fact]
    public async Task Draining_with_a_deadline_lets_tasks_go_on_until_then_and_takes_no_new_ones()
    {
        AgentId agent = await Running("t1");
        DateTimeOffset deadline = TimeProvider.System.GetUtcNow().AddSeconds(4);

        await _client.AskAllocatorAsync<CommandDone>(new DrainAgent(Guid.NewGuid(), agent, Deadline: deadline));

        AgentSummary draining = await Agent();
        Assert.True(draining is { IsActive: false, IsDraining: true, Tasks: 1, Unavailability: null });
        Assert.Equal(deadline, draining.DrainDeadline);
        TaskUpdate killed = await _session.Update("t1", TaskState.Killed);
        Assert.True(killed.Timestamp >= deadline, $"it was killed at {killed.Timestamp:O}, before {deadline:O}");
    }

    [Fact]
    public async Task An_agent_that_is_drained_for_good_is_gone_when_nothing_runs_there_any_more()
    {
        AgentId agent = await Running("t1");

        await _client.AskAllocatorAsync<CommandDone>(new DrainAgent(Guid.NewGuid(), agent, MarkGone: true));

        await _session.Update("t1", TaskState.Killed);
        await Session.Eventually(async () => (await Agent()).State == AgentState.Gone, "the agent is gone");
    }

    [Fact]
    public async Task What_ran_on_an_agent_that_is_declared_gone_is_gone_and_the_agent_may_not_come_back()
    {
        AgentId agent = await Running("t1");

        await _client.AskAllocatorAsync<CommandDone>(new MarkAgentGone(Guid.NewGuid(), agent));

        Assert.Equal(TaskReason.AgentRemovedByOperator, (await _session.Update("t1", TaskState.GoneByOperator)).Reason);
        Assert.Equal(new Failure(agent, null, null), await _session.FailuresAsync().First());
        Assert.Equal(AgentState.Gone, (await Agent()).State);
        CommandRefused again = await _client.AskAllocatorAsync<CommandRefused>(new ReactivateAgent(Guid.NewGuid(), agent));
        Assert.Equal(("agent_id", RefusalKind.Conflict), (again.Problem.Field, again.Kind));
        // A new host takes its place.
        _cluster.Start(isMaster: false);
        await _session.Launch(Session.Task("t2"));
        Assert.NotEqual(agent, (await _session.Update("t2", TaskState.Running)).AgentId);
    }

    public async Task InitializeAsync()
    {
        _cluster.Start();
        _client = _cluster.Connect();
        _session = await _client.RegisterAsync(new FrameworkInfo { Name = "f" }).WaitAsync(TestCluster.Limit);
    }

    public async Task DisposeAsync()
    {
        await _session.DisposeAsync();
        await _client.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private async Task<AgentId> Running(string id, Func<TaskInfo, TaskInfo>? change = null)
    {
        TaskInfo task = Session.Task(id);
        await _session.Launch(change?.Invoke(task) ?? task);
        return (await _session.Update(id, TaskState.Running)).AgentId!.Value;
    }

    private async Task<AgentSummary> Agent() => (await _client.AskAllocatorAsync<AgentsSnapshot>(new GetAgents())).Agents[0];
}
