namespace Akka.TestKit;

/// <summary>Expecting several messages, or one of several.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must equal one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        Done(ExpectAnyOf(true, messages, cancellationToken));

    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        ExpectAnyOf(false, messages, cancellationToken);

    /// <summary>As many messages as are given, which must equal them in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        Done(ExpectAllOf(true, RemainingOrDefault, messages, CancellationToken.None));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Done(ExpectAllOf(true, RemainingOrDefault, messages, cancellationToken));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        Done(ExpectAllOf(true, Dilated(max), messages, CancellationToken.None));

    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Done(ExpectAllOf(true, Dilated(max), messages, cancellationToken));

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Each<T, IReadOnlyCollection<T>>(ExpectAllOf(false, RemainingOrDefault, messages, cancellationToken), cancellationToken);

    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Each<T, IReadOnlyCollection<T>>(ExpectAllOf(false, Dilated(max), messages, cancellationToken), cancellationToken);

    /// <summary>As many messages as predicates are given; each predicate must hold for one of them, each message fit one.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        Done(ExpectAllFitting(true, RemainingOrDefault, predicates, CancellationToken.None));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        Done(ExpectAllFitting(true, RemainingOrDefault, predicates, cancellationToken));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        Done(ExpectAllFitting(true, Dilated(max), predicates, CancellationToken.None));

    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(
        TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        Done(ExpectAllFitting(true, Dilated(max), predicates, cancellationToken));

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Each(ExpectAllFitting(false, RemainingOrDefault, predicates, cancellationToken), cancellationToken);

    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(
        TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Each(ExpectAllFitting(false, Dilated(max), predicates, cancellationToken), cancellationToken);

    private async ValueTask<T> ExpectAnyOf<T>(bool blocks, IEnumerable<T> messages, CancellationToken cancellation)
    {
        var wanted = messages.ToArray();
        var received = await Expect<T>(blocks, null, static (_, _) => { }, null, cancellation).ConfigureAwait(true);
        _assertions.AssertTrue(wanted.Contains(received), "not found {0}, any of [{1}]", received!, string.Join(", ", wanted));
        return received;
    }

    private async ValueTask<IReadOnlyCollection<T>> ExpectAllOf<T>(
        bool blocks, TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellation)
    {
        var received = await ReceiveMany(blocks, messages.Count, max, cancellation).ConfigureAwait(true);
        var missing = messages.Where(message => !received.Any(got => Equals(got, message))).ToArray();
        var unexpected = received.Where(got => !messages.Any(message => Equals(got, message))).ToArray();
        CheckAll(missing.Select(m => $"{m}"), unexpected);
        return [.. received.Cast<T>()];
    }

    private async ValueTask<IReadOnlyCollection<object>> ExpectAllFitting(
        bool blocks, TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellation)
    {
        var received = await ReceiveMany(blocks, predicates.Count, max, cancellation).ConfigureAwait(true);
        var missing = predicates.Where(predicate => !received.Any(predicate.Fits)).ToArray();
        var unexpected = received.Where(got => !predicates.Any(predicate => predicate.Fits(got))).ToArray();
        CheckAll(missing.Select(m => $"[type {m.Type}]"), unexpected);
        return received;
    }

    private void CheckAll(IEnumerable<string> missing, object[] unexpected)
    {
        var absent = missing.ToArray();
        _assertions.AssertTrue(
            absent.Length == 0 && unexpected.Length == 0, "not found [{0}], found unexpected [{1}]",
            string.Join(", ", absent), string.Join(", ", unexpected));
    }
}
