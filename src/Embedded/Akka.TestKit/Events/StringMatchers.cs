using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal.StringMatcher;

/// <summary>Whether a text is the one that is waited for.</summary>
public interface IStringMatcher
{
    bool IsMatch(string? s);
}

/// <summary>Any text.</summary>
public class MatchesAll : IStringMatcher
{
    public static IStringMatcher Instance { get; } = new MatchesAll();

    private MatchesAll()
    {
    }

    public bool IsMatch(string? s) => true;

    public override string ToString() => "";
}

/// <summary>Exactly this text.</summary>
public class EqualsString(string s) : IStringMatcher
{
    public bool IsMatch(string? other) => string.Equals(s, other, StringComparison.Ordinal);

    public override string ToString() => $"== \"{s}\"";
}

/// <summary>A text that starts like this.</summary>
public class StartsWithString(string start) : IStringMatcher
{
    public bool IsMatch(string? s) => s?.StartsWith(start, StringComparison.Ordinal) ?? false;

    public override string ToString() => $"starts with \"{start}\"";
}

/// <summary>A text that has this in it.</summary>
public class ContainsString(string part) : IStringMatcher
{
    public bool IsMatch(string? s) => s?.Contains(part, StringComparison.Ordinal) ?? false;

    public override string ToString() => $"contains \"{part}\"";
}

/// <summary>A text that fits a regular expression.</summary>
public class RegexMatcher(Regex regex) : IStringMatcher
{
    public bool IsMatch(string? s) => regex.IsMatch(s ?? "");

    public override string ToString() => $"matches regex \"{regex}\"";
}

/// <summary>A text for which a predicate holds.</summary>
public class PredicateMatcher(Predicate<string> predicate, string hint = "") : IStringMatcher
{
    public bool IsMatch(string? s) => predicate(s!);

    public override string ToString() => $"matches predicate {hint}";
}

/// <summary>Exactly this text, or a path of which this is the part without the address.</summary>
public class EqualsStringAndPathMatcher(string path, bool canBeRelative = true) : IStringMatcher
{
    public bool IsMatch(string? s)
    {
        if (string.Equals(path, s, StringComparison.OrdinalIgnoreCase)) return true;
        if (!canBeRelative || s is null || !Actor.ActorPath.TryParse(s, out var full)) return false;
        var local = full.ToStringWithoutAddress();
        return string.Equals(path, local, StringComparison.OrdinalIgnoreCase) || string.Equals("/" + path, local, StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => $"== \"{path}\"";
}
