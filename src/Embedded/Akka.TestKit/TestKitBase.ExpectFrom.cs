using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Expecting one message from a sender.</summary>
public abstract partial class TestKitBase
{
    public T ExpectMsgFrom<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, duration, (_, from) => _assertions.AssertEqual(sender, from, Sender(hint)), hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, duration, (_, from) => _assertions.AssertEqual(sender, from, Sender(hint)), hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            _assertions.AssertEqual(message, received);
        }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            _assertions.AssertEqual(message, received);
        }, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            AssertPredicate(isMessage(received), received, hint);
        }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            AssertPredicate(isMessage(received), received, hint);
        }, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, from) =>
        {
            _assertions.AssertTrue(isSender(from), Sender(hint));
            AssertPredicate(isMessage(received), received, hint);
        }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, from) =>
        {
            _assertions.AssertTrue(isSender(from), Sender(hint));
            AssertPredicate(isMessage(received), received, hint);
        }, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            assertMessage(received);
        }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, from) =>
        {
            _assertions.AssertEqual(sender, from, Sender(hint));
            assertMessage(received);
        }, hint, cancellationToken);

    public T ExpectMsgFrom<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, from) =>
        {
            assertSender(from);
            assertMessage(received);
        }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgFromAsync<T>(
        Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, from) =>
        {
            assertSender(from);
            assertMessage(received);
        }, hint, cancellationToken);

    private static string Sender(string? hint) => $"Sender does not match{(hint is null ? "" : $": {hint}")}";
}
