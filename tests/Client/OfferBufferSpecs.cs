using ActorScheduler.Model;

namespace ActorScheduler.Client.Specs;

public sealed class OfferBufferSpecs
{
    private readonly OfferBuffer _buffer = new(room: 3);

    [Fact]
    public async Task An_offer_that_is_told_twice_is_read_once()
    {
        Tell("a", "a", "b");
        Assert.Equal(["a", "b"], await ReadAll());

        Tell("a", "b", "c");
        Assert.Equal(["c"], await ReadAll());
    }

    [Fact]
    public async Task One_that_is_withdrawn_and_told_again_before_anybody_saw_it_is_read_once_and_stays_open()
    {
        Tell("read", "unread");
        Assert.Equal("read", (await ReadSome(1)).Single());

        _buffer.Withdraw([]);
        Assert.Empty(_buffer.Open);
        Tell("unread", "read");

        Assert.Equal(["unread"], await ReadAll());
        Assert.Equal(["read", "unread"], _buffer.Open.Select(static offer => offer.Id.Value).Order());
        Assert.Empty(await WithdrawnAll());
    }

    [Fact]
    public async Task Who_has_seen_that_it_was_withdrawn_is_offered_it_again()
    {
        Tell("a");
        await ReadAll();
        _buffer.Withdraw([new OfferId("a")]);
        Assert.Equal(["a"], await WithdrawnAll());

        Tell("a");

        Assert.Equal(["a"], await ReadAll());
    }

    [Fact]
    public async Task What_was_withdrawn_before_it_was_read_is_left_out_without_a_word()
    {
        Tell("a", "b", "c");

        _buffer.Withdraw([new OfferId("b"), new OfferId("never heard of")]);

        Assert.Equal(["a", "c"], await ReadAll());
        Assert.Empty(await WithdrawnAll());
    }

    [Fact]
    public async Task What_is_answered_is_neither_open_nor_told_as_withdrawn()
    {
        Tell("a", "b");
        await ReadSome(1);
        _buffer.Answered(new OfferId("a"));
        _buffer.Answered(new OfferId("b"));

        _buffer.Withdraw([]);

        Assert.Empty(_buffer.Open);
        Assert.Empty(await ReadAll());
        Assert.Empty(await WithdrawnAll());
    }

    [Fact]
    public async Task Without_room_the_oldest_that_nobody_has_read_is_given_back()
    {
        Tell("a", "b", "c");

        Assert.Equal("a", _buffer.Add(Offer("d"))?.Id.Value);
        Assert.Equal(["b", "c", "d"], await ReadAll());
    }

    [Fact]
    public async Task A_reader_waits_for_the_next_and_ends_with_the_session()
    {
        await using IAsyncEnumerator<Offer> reader = _buffer.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Task<bool> first = reader.MoveNextAsync().AsTask();
        Assert.False(first.IsCompleted);

        Tell("a");
        Assert.True(await first);
        Task<bool> second = reader.MoveNextAsync().AsTask();
        _buffer.Complete();

        Assert.False(await second);
    }

    [Fact]
    public async Task A_reader_that_is_told_to_stop_takes_nothing_more()
    {
        using var stop = new CancellationTokenSource();
        Tell("a", "b");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Offer _ in _buffer.ReadAsync(stop.Token))
                await stop.CancelAsync();
        });

        Assert.Equal(["b"], await ReadAll());
    }

    private static Offer Offer(string id) => new(new OfferId(id), new FrameworkId("f"), "eng", new AgentInfo(new AgentId("a"), "host"), Resources.Of(cpus: 1));

    private void Tell(params string[] offers)
    {
        foreach (string offer in offers)
            Assert.Null(_buffer.Add(Offer(offer)));
    }

    private Task<List<string>> ReadAll() => ReadSome(int.MaxValue);

    private Task<List<string>> ReadSome(int most) => Take(_buffer.ReadAsync(CancellationToken.None), static offer => offer.Id.Value, most);

    private Task<List<string>> WithdrawnAll() => Take(_buffer.ReadWithdrawnAsync(CancellationToken.None), static id => id.Value, int.MaxValue);

    /// <summary>What can be read without waiting.</summary>
    private static async Task<List<string>> Take<T>(IAsyncEnumerable<T> items, Func<T, string> name, int most)
    {
        var taken = new List<string>();
        IAsyncEnumerator<T> reader = items.GetAsyncEnumerator();
        while (taken.Count < most && reader.MoveNextAsync().AsTask() is { IsCompletedSuccessfully: true } next && await next)
            taken.Add(name(reader.Current));
        return taken;
    }
}
