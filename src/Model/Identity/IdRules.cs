namespace ActorScheduler.Model;

/// <summary>What Mesos accepts as an id: ids become path components of sandboxes and of URLs.</summary>
public static class IdRules
{
    /// <summary>Longest id in characters; a file name on common file systems holds no more bytes.</summary>
    public const int MaxLength = 255;

    /// <summary>Says what is wrong with an id, or null: not empty, at most 255 characters, no '/', '\', control character, not '.' or '..'.</summary>
    public static Problem? Check(string field, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return new Problem(field, "must not be empty");
        if (value.Length > MaxLength)
            return new Problem(field, $"must have at most {MaxLength} characters, has {value.Length}");
        if (value is "." or "..")
            return new Problem(field, $"must not be '{value}'");
        foreach (char c in value)
        {
            if (c is '/' or '\\' || char.IsControl(c) || char.IsSurrogate(c) && value.Length == 1)
                return new Problem(field, $"must not contain '{(char.IsControl(c) ? $"\\u{(int)c:x4}" : c)}'");
        }
        return null;
    }
}
