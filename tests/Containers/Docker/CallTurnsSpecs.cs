using ActorScheduler.Containers.Docker;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class CallTurnsSpecs
{
    private readonly CallTurns _turns = new(2, TimeProvider.System);
    private readonly List<string> _order = [];
    private readonly List<Task> _waiting = [];

    [Fact]
    public async Task Lanes_take_turns_whatever_one_of_them_has_waiting()
    {
        await Fill();
        Wait("a", "a", "a", "a", "b", "b");

        await ReleaseAll();

        Assert.Equal(["a", "b", "a", "b", "a", "a"], _order);
    }

    [Fact]
    public async Task Ends_get_every_second_turn_while_both_wait()
    {
        await Fill();
        Wait("a", "b", "a", "a", "", "", "");

        await ReleaseAll();

        Assert.Equal(["", "a", "", "b", "", "a", "a"], _order);
    }

    [Fact]
    public async Task One_that_crashes_again_and_again_has_one_turn_at_a_time_until_something_of_it_does_well()
    {
        for (int i = 0; i < CallTurns.Streak; i++)
            _turns.Ended("a", isCrash: true);

        await _turns.Take("a", default);
        Task second = _turns.Take("a", default);
        Task other = _turns.Take("b", default);
        Assert.False(second.IsCompleted);
        await other;

        _turns.Release("b");
        Assert.False(second.IsCompleted);
        _turns.Ended("a", isCrash: false);
        await second;
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_no_turn_and_holds_up_nobody()
    {
        await Fill();
        using var impatient = new CancellationTokenSource();
        Task gone = _turns.Take("a", impatient.Token);
        Task next = _turns.Take("a", default);

        await impatient.CancelAsync();
        _turns.Release("x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await next;
        _turns.Release("a");
        _turns.Release("x");
        await _turns.Take(null, default);
        await _turns.Take(null, default);
        Assert.False(_turns.Take(null, default).IsCompleted);
    }

    private async Task Fill()
    {
        await _turns.Take("x", default);
        await _turns.Take("x", default);
    }

    /// <summary>In this order; an empty name stands for ends.</summary>
    private void Wait(params string[] lanes) => _waiting.AddRange(lanes.Select(async lane =>
    {
        await _turns.Take(lane.Length == 0 ? null : lane, default);
        lock (_order) _order.Add(lane);
    }));

    /// <summary>One turn after the other.</summary>
    private async Task ReleaseAll()
    {
        string? held = "x";
        while (_waiting.Count > 0)
        {
            _turns.Release(held);
            Task done = await Task.WhenAny(_waiting);
            _waiting.Remove(done);
            lock (_order) held = _order[^1] is { Length: > 0 } lane ? lane : null;
        }
    }
}
