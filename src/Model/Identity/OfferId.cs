namespace ActorScheduler.Model;

/// <summary>Names one offer.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct OfferId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<OfferId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new OfferId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
