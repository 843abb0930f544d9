using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Client;

/// <summary>A command was refused and changed nothing.</summary>
public sealed class CommandRefusedException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="kind">For programs.</param>
    /// <param name="problem">For people.</param>
    public CommandRefusedException(RefusalKind kind, Problem problem)
        : base(problem.ToString())
    {
        (Kind, Problem) = (kind, problem);
    }

    /// <summary>A refusal without details.</summary>
    public CommandRefusedException()
    {
    }

    /// <summary>A refusal with a message.</summary>
    public CommandRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with a message and its cause.</summary>
    public CommandRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Why, for programs.</summary>
    public RefusalKind Kind { get; }

    /// <summary>The field at fault and the reason.</summary>
    public Problem? Problem { get; }
}
