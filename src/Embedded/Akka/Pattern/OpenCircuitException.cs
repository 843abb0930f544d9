using Akka.Actor;

namespace Akka.Pattern;

/// <summary>A call was not made because the circuit breaker is open; the inner exception is the failure that opened it.</summary>
public class OpenCircuitException : AkkaException
{
    private const string DefaultMessage = "Circuit Breaker is open; calls are failing fast";

    public OpenCircuitException()
        : this(DefaultMessage)
    {
    }

    public OpenCircuitException(string message)
        : base(message)
    {
    }

    public OpenCircuitException(string message, TimeSpan remainingDuration)
        : base(message)
    {
        RemainingDuration = remainingDuration;
    }

    public OpenCircuitException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public OpenCircuitException(string message, Exception cause, TimeSpan remainingDuration)
        : base(message, cause)
    {
        RemainingDuration = remainingDuration;
    }

    public OpenCircuitException(Exception cause)
        : base(DefaultMessage, cause)
    {
    }

    public OpenCircuitException(Exception cause, TimeSpan remainingDuration)
        : base(DefaultMessage, cause)
    {
        RemainingDuration = remainingDuration;
    }

    /// <summary>How long the breaker stays open; zero when it is about to try again.</summary>
    public TimeSpan RemainingDuration { get; }
}
