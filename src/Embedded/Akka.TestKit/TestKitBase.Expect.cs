using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Expecting one message.</summary>
public abstract partial class TestKitBase
{
    /// <summary>The next message, which must be of that type and come in time.</summary>
    public T ExpectMsg<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, duration, static (_, _) => { }, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, duration, static (_, _) => { }, hint, cancellationToken);

    public T ExpectMsg<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, _) => _assertions.AssertEqual(message, received), hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, _) => _assertions.AssertEqual(message, received), hint, cancellationToken);

    public T ExpectMsg<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, _) => AssertPredicate(isMessage(received), received, hint), hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, _) => AssertPredicate(isMessage(received), received, hint), hint, cancellationToken);

    public T ExpectMsg<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, _) => assert(received), hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, _) => assert(received), hint, cancellationToken);

    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, sender) => AssertPredicate(isMessageAndSender(received, sender), received, hint), hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, sender) => AssertPredicate(isMessageAndSender(received, sender), received, hint), hint, cancellationToken);

    public T ExpectMsg<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, assertMessageAndSender, hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, assertMessageAndSender, hint, cancellationToken);

    public T ExpectMsg<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Done(Expect<T>(true, timeout, (received, _) => _assertions.AssertEqual(expected, received, comparer), hint, cancellationToken));

    public ValueTask<T> ExpectMsgAsync<T>(
        T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(false, timeout, (received, _) => _assertions.AssertEqual(expected, received, comparer), hint, cancellationToken);

    /// <summary>Fails when a message comes within akka.test.single-expect-default.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => Done(ExpectNone(true, RemainingOrDefault, cancellationToken));

    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) =>
        Done(ExpectNone(true, Dilated(duration), cancellationToken));

    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    public async ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) =>
        await ExpectNone(false, RemainingOrDefault, cancellationToken).ConfigureAwait(true);

    public async ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) =>
        await ExpectNone(false, Dilated(duration), cancellationToken).ConfigureAwait(true);

    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>The end of an actor that the test actor watches.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<Terminated>(terminated => target.Equals(terminated.ActorRef), timeout, hint ?? $"Terminated {target}.", cancellationToken);

    public ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<Terminated>(terminated => target.Equals(terminated.ActorRef), timeout, hint ?? $"Terminated {target}.", cancellationToken);

    private async ValueTask<T> Expect<T>(
        bool blocks, TimeSpan? timeout, Action<T, IActorRef> check, string? hint, CancellationToken cancellation)
    {
        var limit = RemainingOrDilated(timeout);
        var envelope = await Take(blocks, limit, cancellation).ConfigureAwait(true);
        var about = string.IsNullOrEmpty(hint) ? "" : $" {hint}";
        if (envelope is null) _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1}{2}", limit, typeof(T), about);
        if (envelope!.Message is not T message)
        {
            _assertions.Fail(
                "Failed: Expected a message of type {0}, but received {{{1}}} (type {2}) instead{3} from {4}",
                typeof(T), envelope.Message, envelope.Message?.GetType()!, about, envelope.Sender);
            return default!;
        }

        check(message, envelope.Sender);
        return message;
    }

    private async ValueTask<bool> ExpectNone(bool blocks, TimeSpan duration, CancellationToken cancellation)
    {
        var envelope = await Take(blocks, duration, cancellation).ConfigureAwait(true);
        if (envelope is not null)
            _assertions.Fail("Expected no messages during the duration, instead we received {0} of type {1} from {2}", envelope, envelope.Message.GetType(), envelope.Sender);
        _lastWasNoMsg = true;
        return true;
    }

    private void AssertPredicate<T>(bool holds, T message, string? hint) => _assertions.AssertTrue(
        holds, "Expected a message of type {0} that fits the predicate, got {1}. {2}", typeof(T), message!, hint ?? "");
}
