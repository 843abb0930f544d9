namespace ActorScheduler.Allocation;

/// <summary>Why a command was not carried out. Nothing has changed, except where the command says otherwise.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Field">The argument at fault.</param>
/// <param name="Reason">For people.</param>
public sealed record Refusal(RefusalKind Kind, string Field, string Reason)
{
    /// <summary><c>field: reason</c>.</summary>
    public override string ToString() => $"{Field}: {Reason}";
}
