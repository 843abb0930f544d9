using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.TestKit;

namespace ActorScheduler.Agent.Specs.Executors;

/// <summary>Commands that people run in tasks.</summary>
public sealed class ExecutionSpecs : AgentSpec
{
    private readonly FakeSession _session = new();
    private readonly TestProbe _asker;

    public ExecutionSpecs()
    {
        _asker = CreateTestProbe("asker");
        Containers.Executes = _ => Task.FromResult<IContainerSession>(_session);
        Begin();
        Register();
        Launch(Given.Task("a"));
        Keep("a", TaskState.Running);
    }

    [Fact]
    public void Input_goes_in_output_comes_out_and_the_exit_code_at_the_end()
    {
        IActorRef session = Start(hasInput: true);
        session.Tell(new SendInput(1, "hello"u8.ToArray()), _asker);
        session.Tell(new ResizeTerminal(80, 25), _asker);
        session.Tell(new SendInput(2, default), _asker);

        var got = new List<object>();
        while (got.Count < 3 || got[^1] is not ExecutionEnded)
            got.Add(_asker.ReceiveOne(TimeSpan.FromSeconds(60))!);

        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(got.OfType<ExecutionOutput>().Single().Data.Span));
        Assert.Contains(new InputTaken(1), got);
        Assert.Equal(new ExecutionEnded(0, null), got[^1]);
        Assert.Equal((80, 25), _session.Size);
    }

    [Fact]
    public void Output_that_nobody_takes_is_not_read_on()
    {
        for (int i = 0; i < 1000; i++)
            _session.Say("x");
        IActorRef session = Start();
        for (int i = 1; i <= ExecutionLimits.Window; i++)
            Assert.Equal(i, _asker.ExpectMsg<ExecutionOutput>().Number);
        _asker.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.InRange(_session.Read, ExecutionLimits.Window, ExecutionLimits.Window + 1);

        session.Tell(new AcknowledgeOutput(2), _asker);

        Assert.Equal(ExecutionLimits.Window + 1, _asker.ExpectMsg<ExecutionOutput>().Number);
        Assert.Equal(ExecutionLimits.Window + 2, _asker.ExpectMsg<ExecutionOutput>().Number);
        _asker.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_command_ends_when_its_asker_is_gone()
    {
        Start(hasInput: true);

        Sys.Stop(_asker.Ref);

        await _session.Disposed.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_command_ends_when_it_is_told_to()
    {
        IActorRef session = Start();

        session.Tell(new EndExecution(), _asker);

        Assert.NotNull(_asker.ExpectMsg<ExecutionEnded>().Problem);
        await _session.Disposed.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_command_that_cannot_be_run_is_refused()
    {
        Containers.Executes = _ => Task.FromException<IContainerSession>(new ContainerException("no such program"));
        Ask("a", "nothing");
        Assert.Equal("no such program", _asker.ExpectMsg<CommandRefused>().Problem.Reason);
        Ask("none", "sh");
        Assert.Equal(RefusalKind.Unknown, _asker.ExpectMsg<CommandRefused>().Kind);
        Ask("a");
        Assert.Equal(RefusalKind.Invalid, _asker.ExpectMsg<CommandRefused>().Kind);
    }

    [Theory]
    [InlineData(77, 33, true)]
    [InlineData(0, 0, false)]
    [InlineData(80, 0, false)]
    public void A_terminals_first_size_comes_with_the_command_where_it_is_known(int columns, int rows, bool isKnown)
    {
        TerminalSize? size = new(-1, -1);
        Containers.Executes = command =>
        {
            size = command.Size;
            return Task.FromResult<IContainerSession>(_session);
        };
        Agent.Tell(new ExecuteInTask(Given.FrameworkId, new TaskId("a"), _asker, ["sh"], HasTerminal: true, Columns: columns, Rows: rows), _asker);

        _asker.ExpectMsg<ExecutionStarted>(TimeSpan.FromSeconds(60));
        Assert.Equal(isKnown ? new TerminalSize(columns, rows) : null, size);
    }

    [Theory]
    [InlineData(-1, 5, "columns")]
    [InlineData(65_536, 5, "columns")]
    [InlineData(5, -1, "rows")]
    public void A_size_that_no_terminal_has_is_refused(int columns, int rows, string field)
    {
        Agent.Tell(new ExecuteInTask(Given.FrameworkId, new TaskId("a"), _asker, ["sh"], HasTerminal: true, Columns: columns, Rows: rows), _asker);

        Assert.Equal(field, _asker.ExpectMsg<CommandRefused>(TimeSpan.FromSeconds(60)).Problem.Field);
    }

    private IActorRef Start(bool hasInput = false)
    {
        Agent.Tell(new ExecuteInTask(Given.FrameworkId, new TaskId("a"), _asker, ["sh"], HasInput: hasInput), _asker);
        return _asker.ExpectMsg<ExecutionStarted>(TimeSpan.FromSeconds(60)).Session;
    }

    private void Ask(string task, params string[] arguments) => Agent.Tell(new ExecuteInTask(Given.FrameworkId, new TaskId(task), _asker, arguments), _asker);
}
