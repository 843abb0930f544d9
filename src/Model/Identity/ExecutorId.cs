namespace ActorScheduler.Model;

/// <summary>Names an executor, unique within its framework on one agent.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct ExecutorId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<ExecutorId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new ExecutorId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
