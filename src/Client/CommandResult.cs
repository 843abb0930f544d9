using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Client;

/// <summary>What became of a command. What can be expected to be refused is an answer, not an exception.</summary>
/// <param name="Kind">Why it was refused; null when it was carried out and is durable.</param>
/// <param name="Problem">The field at fault and the reason; null when it was carried out.</param>
public sealed record CommandResult(RefusalKind? Kind = null, Problem? Problem = null)
{
    /// <summary>Whether it was carried out.</summary>
    public bool IsDone => Problem is null;

    /// <summary>Itself when it was carried out.</summary>
    /// <exception cref="CommandRefusedException">It was refused.</exception>
    public CommandResult OrThrow() => Problem is null ? this : throw new CommandRefusedException(Kind!.Value, Problem);
}
