namespace ActorScheduler.Model;

/// <summary>What is wrong with a piece of input: the field at fault and the reason, ready to be shown to the caller.</summary>
/// <param name="Field">Path of the field, dotted, with indexes in brackets: <c>resources[2].scalar.value</c>.</param>
/// <param name="Reason">A sentence fragment that says what would have been right.</param>
public sealed record Problem(string Field, string Reason)
{
    /// <summary>The same problem seen from the enclosing object.</summary>
    public Problem Under(string parent) =>
        this with { Field = Field.Length == 0 ? parent : Field[0] == '[' ? parent + Field : $"{parent}.{Field}" };

    /// <summary><c>field: reason</c>.</summary>
    public override string ToString() => Field.Length == 0 ? Reason : $"{Field}: {Reason}";
}
