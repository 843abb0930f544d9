namespace ActorScheduler.Model;

/// <summary>Names one request to give resources of an agent back.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct InverseOfferId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<InverseOfferId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new InverseOfferId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
