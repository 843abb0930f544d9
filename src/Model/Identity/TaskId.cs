namespace ActorScheduler.Model;

/// <summary>Names a task, unique within its framework.</summary>
/// <param name="Value">The text as it goes over the wire; see <see cref="IdRules"/>.</param>
public readonly record struct TaskId(string Value)
{
    /// <summary>Makes an id of text from outside, or says what is wrong with it.</summary>
    public static Result<TaskId> Parse(string? value, string field = "value") =>
        IdRules.Check(field, value) is { } problem ? problem : new TaskId(value!);

    /// <summary>The text itself.</summary>
    public override string ToString() => Value;
}
