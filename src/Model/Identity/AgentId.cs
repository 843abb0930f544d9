namespace ActorScheduler.Model;

/// <summary>Names an agent, one host.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct AgentId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<AgentId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new AgentId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
