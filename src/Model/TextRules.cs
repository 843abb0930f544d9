namespace ActorScheduler.Model;

/// <summary>Which texts are taken from outside: names that people read, paths, words of a command line.</summary>
public static class TextRules
{
    /// <summary>Longest name of a host in characters, as in DNS.</summary>
    public const int MaxHostname = 255;

    /// <summary>Longest path in characters, as in Linux.</summary>
    public const int MaxPath = 4096;

    /// <summary>Says what is wrong with a name for people, or null.</summary>
    /// <param name="field">What it is called.</param>
    /// <param name="name">The name; nothing is wrong with null.</param>
    /// <param name="longest">Most characters.</param>
    public static Problem? CheckName(string field, string? name, int longest) =>
        name?.Length > longest ? new Problem(field, $"must have at most {longest} characters, has {name.Length}")
        : name?.Any(char.IsControl) == true ? new Problem(field, "must not contain control characters, such as the end of a line")
        : null;

    /// <summary>Says what is wrong with the name of a host or of a node, or null.</summary>
    public static Problem? CheckHostname(string field, string? name) =>
        string.IsNullOrEmpty(name) ? new Problem(field, "must not be empty")
        : CheckName(field, name, MaxHostname) ?? (name.Any(char.IsWhiteSpace) ? new Problem(field, $"'{name}' must not contain white space") : null);

    /// <summary>Says what is wrong with a path of a container or a host, or null: it must not lead out of where it begins.</summary>
    public static Problem? CheckPath(string field, string? path) =>
        path is null ? null
        : CheckName(field, path, MaxPath)
            ?? (path.Split('/').Contains("..") ? new Problem(field, $"'{path}' must not contain '..'") : null);

    /// <summary>Says what is wrong with the name of a variable of a program's environment, or null.</summary>
    public static Problem? CheckVariable(string field, string name) =>
        name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal)
            ? new Problem(field, $"'{name}' is not the name of a variable") : null;

    /// <summary>Says what is wrong with what a program is given, or null: NUL ends a word early there.</summary>
    public static Problem? CheckWord(string field, string? word) =>
        word?.Contains('\0', StringComparison.Ordinal) == true ? new Problem(field, "must not contain a NUL") : null;
}
