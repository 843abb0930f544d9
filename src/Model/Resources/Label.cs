namespace ActorScheduler.Model;

/// <summary>A free key with an optional value, for people and tools; never interpreted.</summary>
/// <param name="Key">The key; may repeat.</param>
/// <param name="Value">The value, or null when the key alone says it.</param>
public readonly record struct Label(string Key, string? Value = null)
{
    internal static int Compare(Label a, Label b) =>
        string.CompareOrdinal(a.Key, b.Key) is not 0 and var order ? order : string.CompareOrdinal(a.Value, b.Value);
}
