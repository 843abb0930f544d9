using System.Collections;
using System.Runtime.CompilerServices;

namespace Akka.TestKit;

/// <summary>Taking messages from the test actor.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The next message; null when there is none in time.</summary>
    /// <param name="max">Null for the default; infinite; zero or less looks without waiting.</param>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Done(Take(true, max, cancellationToken))?.Message;

    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Take(false, max, cancellationToken).ConfigureAwait(true))?.Message;

    public bool TryReceiveOne(out MessageEnvelope? envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        envelope = Done(Take(true, max, cancellationToken));
        return envelope is not null;
    }

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        var envelope = await Take(false, max, cancellationToken).ConfigureAwait(true);
        return (envelope is not null, envelope);
    }

    /// <summary>As <see cref="ReceiveOne"/>, but the message stays.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Done(Peek(true, max, cancellationToken))?.Message;

    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await Peek(false, max, cancellationToken).ConfigureAwait(true))?.Message;

    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    public bool TryPeekOne(out MessageEnvelope? envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        envelope = Done(Peek(true, max, cancellationToken));
        return envelope is not null;
    }

    public async ValueTask<(bool success, MessageEnvelope? envelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        var envelope = await Peek(false, max, cancellationToken).ConfigureAwait(true);
        return (envelope is not null, envelope);
    }

    /// <summary>Exactly that many messages.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Done(ReceiveMany(true, numberOfMessages, RemainingOrDefault, cancellationToken));

    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Done(ReceiveMany(true, numberOfMessages, Dilated(max), cancellationToken));

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Each(ReceiveMany(false, numberOfMessages, RemainingOrDefault, cancellationToken), cancellationToken);

    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Each(ReceiveMany(false, numberOfMessages, Dilated(max), cancellationToken), cancellationToken);

    /// <summary>Messages as long as the filter gives something for them; the first that it gives null for stays.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhile(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    public IReadOnlyList<T> ReceiveWhile<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <param name="idle">How long to wait for each next message.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => Done(ReceiveWhile(true, filter, max, idle, msgs, cancellationToken));

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhileAsync(filter, max, Timeout.InfiniteTimeSpan, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default)
        where T : class => Each(ReceiveWhile(false, filter, max, idle, msgs, cancellationToken), cancellationToken);

    /// <summary>Messages of a type as long as the predicate holds; the first for which it does not stays.</summary>
    /// <param name="shouldIgnoreOtherMessageTypes">Whether messages of other types are passed over instead of ending it.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default)
        where T : class => Done(ReceiveWhile(true, shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken));

    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue,
        bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default)
        where T : class =>
        Each(ReceiveWhile(false, shouldContinue, max, idle, msgs, shouldIgnoreOtherMessageTypes, cancellationToken), cancellationToken);

    /// <summary>Drops messages until one of that type for which the predicate holds.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage(isMessage, null!, max, hint, cancellationToken);

    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <param name="allMessages">Gets the messages that were dropped.</param>
    public T FishForMessage<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Done(Fish(true, isMessage, allMessages, max, hint, cancellationToken));

    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(false, isMessage, null, max, hint, cancellationToken);

    public ValueTask<object> FishForMessageAsync(
        Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(false, isMessage, null, max, hint, cancellationToken);

    public ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, ArrayList allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(false, isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Drops messages until the next is of that type, which stays.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var end = Now + RemainingOrDilated(max);
        while (true)
        {
            var next = await Peek(false, Positive(end - Now), cancellationToken).ConfigureAwait(true);
            if (next is null) _assertions.Fail("Failed: Timeout {0} while fishing for a message of type {1}", max!, typeof(T));
            if (next!.Message is T) return;
            await Take(false, TimeSpan.Zero, cancellationToken).ConfigureAwait(true);
        }
    }

    /// <summary>Takes messages until none came for a while, and gives all of them.</summary>
    public async Task<ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        var messages = new ArrayList();
        while (await Take(false, RemainingOrDilated(max), cancellationToken).ConfigureAwait(true) is { } envelope)
        {
            messages.Add(envelope.Message);
            if (maxMessages is { } limit && messages.Count > limit)
                _assertions.Fail("There was no radio silence: more than {0} messages came", limit);
        }

        return messages;
    }

    private protected static T Done<T>(ValueTask<T> done) => done.GetAwaiter().GetResult();

    private async ValueTask<MessageEnvelope?> Take(bool blocks, TimeSpan? max, CancellationToken cancellation)
    {
        var envelope = await _queue.Take(blocks, Wait(max), cancellation).ConfigureAwait(true);
        _lastWasNoMsg = false;
        _lastMessage = envelope ?? NullMessageEnvelope.Instance;
        return envelope;
    }

    private ValueTask<MessageEnvelope?> Peek(bool blocks, TimeSpan? max, CancellationToken cancellation) => _queue.Peek(blocks, Wait(max), cancellation);

    private TimeSpan Wait(TimeSpan? max) => max switch
    {
        null => RemainingOrDefault,
        { } infinite when infinite == Timeout.InfiniteTimeSpan => infinite,
        { } given => Positive(given),
    };

    private async ValueTask<IReadOnlyCollection<object>> ReceiveMany(bool blocks, int count, TimeSpan max, CancellationToken cancellation)
    {
        var end = Now + max;
        var received = new List<object>();
        while (received.Count < count)
        {
            var envelope = await Take(blocks, Positive(end - Now), cancellation).ConfigureAwait(true);
            if (envelope is null)
                _assertions.Fail("Timeout ({0}) while expecting {1} messages. Only got {2} after {3}.", max, count, received.Count, max - (end - Now));
            received.Add(envelope!.Message);
        }

        return received;
    }

    private async ValueTask<IReadOnlyList<T>> ReceiveWhile<T>(
        bool blocks, Func<object, T?> filter, TimeSpan? max, TimeSpan? idle, int count, CancellationToken cancellation)
        where T : class
    {
        var end = Now + RemainingOrDilated(max);
        var received = new List<T>();
        var last = _lastMessage;
        while (received.Count < count)
        {
            var wait = Positive(end - Now);
            if (idle is { } most && most != Timeout.InfiniteTimeSpan && most < wait) wait = most;
            var next = await Peek(blocks, wait, cancellation).ConfigureAwait(true);
            if (next is null || filter(next.Message) is not { } result) break;
            last = (await Take(blocks, TimeSpan.Zero, cancellation).ConfigureAwait(true))!;
            received.Add(result);
        }

        _lastMessage = last;
        _lastWasNoMsg = true;
        return received;
    }

    private async ValueTask<IReadOnlyList<T>> ReceiveWhile<T>(
        bool blocks, Predicate<T> shouldContinue, TimeSpan? max, TimeSpan? idle, int count, bool skipsOthers, CancellationToken cancellation)
        where T : class
    {
        var end = Now + RemainingOrDilated(max);
        var received = new List<T>();
        while (received.Count < count)
        {
            var wait = Positive(end - Now);
            if (idle is { } most && most != Timeout.InfiniteTimeSpan && most < wait) wait = most;
            var next = await Peek(blocks, wait, cancellation).ConfigureAwait(true);
            if (next is null || (next.Message is T typed ? !shouldContinue(typed) : !skipsOthers)) break;
            await Take(blocks, TimeSpan.Zero, cancellation).ConfigureAwait(true);
            if (next.Message is T wanted) received.Add(wanted);
        }

        _lastWasNoMsg = true;
        return received;
    }

    private async ValueTask<T> Fish<T>(
        bool blocks, Predicate<T> isMessage, ArrayList? others, TimeSpan? max, string hint, CancellationToken cancellation)
    {
        var limit = RemainingOrDilated(max);
        var end = Now + limit;
        others?.Clear();
        while (true)
        {
            var envelope = await Take(blocks, Positive(end - Now), cancellation).ConfigureAwait(true);
            if (envelope is null) _assertions.Fail("Timeout ({0}) during fishForMessage{1}", limit, string.IsNullOrEmpty(hint) ? "" : $", hint: {hint}");
            if (envelope!.Message is T message && isMessage(message)) return message;
            others?.Add(envelope.Message);
        }
    }

    private static async IAsyncEnumerable<T> Each<T, TList>(ValueTask<TList> all, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TList : IEnumerable<T>
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var each in await all.ConfigureAwait(true)) yield return each;
    }

    private static IAsyncEnumerable<object> Each(ValueTask<IReadOnlyCollection<object>> all, CancellationToken cancellation) =>
        Each<object, IReadOnlyCollection<object>>(all, cancellation);

    private static IAsyncEnumerable<T> Each<T>(ValueTask<IReadOnlyList<T>> all, CancellationToken cancellation) =>
        Each<T, IReadOnlyList<T>>(all, cancellation);
}
