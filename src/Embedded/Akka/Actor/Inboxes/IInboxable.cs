namespace Akka.Actor;

/// <summary>Receives messages outside of any actor.</summary>
public interface IInboxable : ICanWatch
{
    /// <summary>The reference to send to.</summary>
    IActorRef Receiver { get; }

    /// <summary>Waits for a message, for the default time.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    object Receive();

    /// <inheritdoc cref="Receive()" />
    object Receive(TimeSpan timeout);

    /// <summary>A message, or a <see cref="Status.Failure" /> with a <see cref="TimeoutException" /> when none comes in the default time.</summary>
    Task<object> ReceiveAsync();

    /// <inheritdoc cref="ReceiveAsync()" />
    Task<object> ReceiveAsync(TimeSpan timeout);

    /// <summary>Waits for a message that the predicate holds for; the others stay in the inbox.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    object ReceiveWhere(Predicate<object> predicate);

    /// <inheritdoc cref="ReceiveWhere(Predicate{object})" />
    object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout);

    /// <summary>Sends in the name of the inbox, so that answers come to it.</summary>
    void Send(IActorRef target, object message);
}
