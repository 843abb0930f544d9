#nullable enable
namespace Docker.DotNet.Transport;

/// <summary>
/// The caller's token joined with a time limit that can be extended. Tells the two apart afterwards: a limit that passed is a
/// <see cref="TaskCanceledException"/> with a <see cref="TimeoutException"/> inside, as HttpClient has it.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _caller;
    private readonly CancellationToken _closing;
    private readonly TimeSpan _limit;

    /// <summary>Timers reach no further; what is longer counts as for ever.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(45);

    /// <param name="closing">Cancelled when the client is disposed.</param>
    public Deadline(TimeSpan limit, CancellationToken caller, CancellationToken closing = default)
    {
        _limit = limit;
        _caller = caller;
        _closing = closing;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller, closing);
        Extend();
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Starts the limit anew.</summary>
    public void Extend()
    {
        if (_limit != Timeout.InfiniteTimeSpan && _limit < Longest) _source.CancelAfter(_limit);
    }

    /// <summary>The exception to throw in place of a cancellation seen.</summary>
    public OperationCanceledException Explain(string what, OperationCanceledException cancellation) =>
        _caller.IsCancellationRequested || _closing.IsCancellationRequested || !_source.IsCancellationRequested
            ? cancellation
            : new TaskCanceledException(
                $"{what}: nothing came within {_limit.TotalSeconds:0.###} s.", new TimeoutException(), Token);

    public void Dispose() => _source.Dispose();
}
