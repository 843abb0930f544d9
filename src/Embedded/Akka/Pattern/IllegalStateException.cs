using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Something was asked for in a state that does not allow it.</summary>
public class IllegalStateException : AkkaException
{
    public IllegalStateException(string message)
        : base(message)
    {
    }

    public IllegalStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
