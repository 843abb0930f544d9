namespace ActorScheduler.Containers.Docker;

/// <summary>
/// Who may call the engine next. Each framework waits in a lane of its own and lanes take turns, so that one that has much to
/// start does not make the others wait for all of it. One whose containers crash as soon as they run, again and again, has one
/// turn at a time: the host's processors are for the others too. What ends or changes containers is in nobody's lane: while
/// both wait it gets every second turn, as ends make room for starts.
/// </summary>
/// <param name="most">Most turns that are taken at once.</param>
/// <param name="time">The clock.</param>
internal sealed class CallTurns(int most, TimeProvider time)
{
    /// <summary>Crashes without a container that did well in between, from which on a lane is slowed down.</summary>
    public const int Streak = 5;

    private const int MostStreaks = 1000;

    /// <summary>Without another crash for so long a lane is forgiven.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();

    /// <summary>Who waits in each lane; a lane with nobody in it is not there.</summary>
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _lanes = new(StringComparer.Ordinal);

    /// <summary>The lanes in which somebody waits, the next first.</summary>
    private readonly Queue<string> _next = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Crashes, long At)> _streaks = new(StringComparer.Ordinal);
    private readonly Queue<TaskCompletionSource> _ends = new();
    private int _free = most;
    private bool _wasEnd;

    /// <summary>Ends when it is the caller's turn, who then has to <see cref="Release"/> it.</summary>
    /// <param name="lane">For which framework; null for what ends or changes containers.</param>
    /// <param name="cancellation">Gives up waiting: then there is nothing to release.</param>
    public async Task Take(string? lane, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            Join(lane, turn);
            GiveOut();
        }
        await using (cancellation.UnsafeRegister(static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), turn))
        {
            await turn.Task;
        }
    }

    /// <summary>Gives a turn back.</summary>
    /// <param name="lane">In which it was taken.</param>
    public void Release(string? lane)
    {
        lock (_lock)
        {
            _free++;
            if (lane is not null && --_taken[lane] == 0)
                _taken.Remove(lane);
            GiveOut();
        }
    }

    /// <summary>A container ended that was started in a lane.</summary>
    /// <param name="lane">For which framework.</param>
    /// <param name="isCrash">Whether it failed, and had hardly run.</param>
    public void Ended(string lane, bool isCrash)
    {
        lock (_lock)
        {
            if (isCrash && (_streaks.Count < MostStreaks || _streaks.ContainsKey(lane)))
                _streaks[lane] = (_streaks.GetValueOrDefault(lane).Crashes + 1, time.GetTimestamp());
            else if (_streaks.Remove(lane))
                GiveOut();
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

    /// <summary>Those that gave up waiting are passed over.</summary>
    private void GiveOut()
    {
        while (_free > 0 && Leave() is var (lane, turn))
        {
            if (!turn.TrySetResult())
                continue;
            _free--;
            if (lane is not null)
                _taken[lane] = _taken.GetValueOrDefault(lane) + 1;
        }
    }

    private (string? Lane, TaskCompletionSource Turn)? Leave()
    {
        string? lane = _ends.Count > 0 && !_wasEnd ? null : NextLane();
        _wasEnd = lane is null;
        if (lane is null)
            return _ends.TryDequeue(out TaskCompletionSource? end) ? (null, end) : null;
        Queue<TaskCompletionSource> waiting = _lanes[lane];
        TaskCompletionSource turn = waiting.Dequeue();
        if (waiting.Count > 0)
            _next.Enqueue(lane);
        else
            _lanes.Remove(lane);
        return (lane, turn);
    }

    /// <summary>Takes the next lane that may have another turn now; those before it come next.</summary>
    private string? NextLane()
    {
        for (int i = _next.Count; i > 0; i--)
        {
            string lane = _next.Dequeue();
            if (!IsSlow(lane) || !_taken.ContainsKey(lane))
                return lane;
            _next.Enqueue(lane);
        }
        return null;
    }

    private bool IsSlow(string lane)
    {
        if (!_streaks.TryGetValue(lane, out (int Crashes, long At) streak))
            return false;
        if (time.GetElapsedTime(streak.At) < Memory)
            return streak.Crashes >= Streak;
        _streaks.Remove(lane);
        return false;
    }
}
