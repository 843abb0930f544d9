using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorScheduler.Containers;

namespace ActorScheduler.Agent.Specs.Executors;

/// <summary>A command in a container that does what a spec says. What is given to it is its output too.</summary>
internal sealed class FakeSession : IContainerSession
{
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ContainerOutput> _output = Channel.CreateUnbounded<ContainerOutput>();

    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Read { get; private set; }

    public (int Columns, int Rows) Size { get; private set; }

    public IAsyncEnumerable<ContainerOutput> Output => All();

    public Task<int> Exited => _exited.Task;

    /// <summary>One that has ended.</summary>
    public static FakeSession Of(int exitCode, string output = "")
    {
        var session = new FakeSession();
        session.Say(output);
        session.Exit(exitCode);
        return session;
    }

    public void Say(string text) => _output.Writer.TryWrite(new ContainerOutput(false, System.Text.Encoding.UTF8.GetBytes(text)));

    public void Exit(int code)
    {
        _output.Writer.TryComplete();
        _exited.TrySetResult(code);
    }

    public ValueTask Write(ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        Say(System.Text.Encoding.UTF8.GetString(input.Span));
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseInput()
    {
        Exit(0);
        return ValueTask.CompletedTask;
    }

    public Task Resize(int columns, int rows, CancellationToken cancellation)
    {
        Size = (columns, rows);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Exit(137);
        Disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ContainerOutput> All([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (ContainerOutput piece in _output.Reader.ReadAllAsync(cancellation))
        {
            Read++;
            yield return piece;
        }
    }
}
