namespace ActorScheduler.Agent.Containers.Docker;

/// <summary>
/// Who may call the engine next. Each framework waits in a lane of its own and lanes take turns, so that one that has much to
/// start, such as tasks that crash as soon as they run, does not make the others wait for all of it. What ends or removes
/// containers is in the lane of nobody: while both wait it gets every second turn, as ends make room for starts.
/// </summary>
/// <param name="most">Most turns that are taken at once.</param>
internal sealed class CallTurns(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _lanes = new(StringComparer.Ordinal);

    /// <summary>Lanes with somebody in them, the next first.</summary>
    private readonly Queue<string> _next = new();
    private readonly Queue<TaskCompletionSource> _ends = new();
    private int _free = most;
    private bool _wasEnd;

    /// <summary>Ends when it is the caller's turn, who then has to <see cref="Release"/> it.</summary>
    /// <param name="lane">For which framework; null for what ends or removes containers.</param>
    /// <param name="cancellation">Gives up waiting: then there is nothing to release.</param>
    public async Task Take(string? lane, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }
            Join(lane, turn);
        }
        await using (cancellation.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), turn))
        {
            await turn.Task;
        }
    }

    /// <summary>Gives a turn back: the next one has it.</summary>
    public void Release()
    {
        lock (_lock)
        {
            while (Leave() is { } turn)
            {
                // Those that gave up waiting are passed over.
                if (turn.TrySetResult())
                    return;
            }
            _free++;
        }
    }

    private void Join(string? lane, TaskCompletionSource turn)
    {
        if (lane is null)
        {
            _ends.Enqueue(turn);
            return;
        }
        if (!_lanes.TryGetValue(lane, out Queue<TaskCompletionSource>? waiting))
        {
            _lanes[lane] = waiting = new Queue<TaskCompletionSource>();
            _next.Enqueue(lane);
        }
        waiting.Enqueue(turn);
    }

    private TaskCompletionSource? Leave()
    {
        _wasEnd = _ends.Count > 0 && (!_wasEnd || _next.Count == 0);
        if (_wasEnd)
            return _ends.Dequeue();
        if (!_next.TryDequeue(out string? lane))
            return null;
        Queue<TaskCompletionSource> waiting = _lanes[lane];
        TaskCompletionSource turn = waiting.Dequeue();
        if (waiting.Count > 0)
            _next.Enqueue(lane);
        else
            _lanes.Remove(lane);
        return turn;
    }
}
