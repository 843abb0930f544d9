namespace ActorScheduler.Model;

/// <summary>Names an operation whose outcome the framework wants to hear of.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct OperationId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<OperationId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new OperationId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
