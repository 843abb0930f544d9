using System.Threading.Channels;

namespace ActorScheduler.Containers;

/// <summary>
/// What a command beside a container's own writes. Output that nobody reads is kept up to a bound; beyond it the command waits for its
/// reader. It ends with the command: what that wrote last is there at once, but a process that it left behind may hold its streams for
/// ever.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class SessionOutput(TimeProvider time)
{
    private const int KeptPieces = 256;
    private const int PieceBytes = 16 * 1024;

    /// <summary>Silence after which nothing more is expected of a command that has ended.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks for the end of a copy that was stopped, before it is left to itself: a stream may not notice that nobody wants it any more.</summary>
    private const int MostLooks = 10;

    private readonly Channel<ContainerOutput> _pieces = Channel.CreateBounded<ContainerOutput>(KeptPieces);
    private long _read;
    private int _waiting;

    /// <summary>Reads some bytes of a stream.</summary>
    /// <returns>How many, 0 at its end, and whether they are errors.</returns>
    internal delegate ValueTask<(int Count, bool IsError)> Read(byte[] into, CancellationToken cancellation);

    /// <summary>All of it, for one reader.</summary>
    public IAsyncEnumerable<ContainerOutput> All => _pieces.Reader.ReadAllAsync();

    /// <summary>Brings a stream here until it ends, breaks or is cancelled.</summary>
    public async Task Copy(Read read, CancellationToken cancellation)
    {
        byte[] buffer = new byte[PieceBytes];
        try
        {
            while (await read(buffer, cancellation) is var (count, isError) && count > 0)
            {
                Interlocked.Increment(ref _read);
                await Say(new ContainerOutput(isError, buffer.AsMemory(0, count).ToArray()), cancellation);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It was ended, or its terminal was closed, or the connection broke: the exit code says what became of it, if anything does.
        }
    }

    /// <summary>Adds a piece; waits while nobody reads.</summary>
    public async ValueTask Say(ContainerOutput piece, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _pieces.Writer.WriteAsync(piece, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits for the rest of a command that has ended, however slowly it is read, and no longer than something comes.</summary>
    /// <param name="copying">What <see cref="Copy"/> gave.</param>
    /// <param name="stop">Stops the copying.</param>
    public async Task Drain(Task copying, CancellationTokenSource stop)
    {
        for (int looks = 0; !copying.IsCompleted && looks < MostLooks; looks += stop.IsCancellationRequested ? 1 : 0)
        {
            long before = Volatile.Read(ref _read);
            await copying.WaitAsync(Silence, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Volatile.Read(ref _read) == before && Volatile.Read(ref _waiting) == 0)
                await stop.CancelAsync();
        }
    }

    /// <summary>Nothing comes any more.</summary>
    public void Complete() => _pieces.Writer.TryComplete();
}
