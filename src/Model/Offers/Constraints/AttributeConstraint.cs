using System.Text.RegularExpressions;

namespace ActorScheduler.Model;

/// <summary>
/// One test on an agent: of an attribute, or of <see cref="Hostname"/>, <see cref="Region"/> or <see cref="Zone"/>. As in Mesos
/// an attribute that is there but not a text passes the text tests: judging it is left to the framework.
/// </summary>
public sealed class AttributeConstraint
{
    /// <summary>Stands for the agent's host name.</summary>
    public const string Hostname = "HOSTNAME";

    /// <summary>Stands for the agent's region.</summary>
    public const string Region = "REGION";

    /// <summary>Stands for the agent's zone.</summary>
    public const string Zone = "ZONE";

    /// <summary>Longest regular expression in characters.</summary>
    public const int MaxPatternLength = 1024;

    private readonly Regex? _pattern;

    private AttributeConstraint(bool isPseudo, string name, AttributePredicate predicate, string text, Regex? pattern)
    {
        IsPseudo = isPseudo;
        Name = name;
        Predicate = predicate;
        Text = text;
        _pattern = pattern;
    }

    /// <summary>Whether the name is one of the three built-in ones and not an attribute's.</summary>
    public bool IsPseudo { get; }

    /// <summary>Attribute's name, or one of the three built-in names.</summary>
    public string Name { get; }

    /// <summary>The test.</summary>
    public AttributePredicate Predicate { get; }

    /// <summary>The text or regular expression; empty for the tests for existence.</summary>
    public string Text { get; }

    /// <summary>Makes a test, or says what is wrong: a bad regular expression, one that needs backtracking, one that is too long.</summary>
    /// <param name="name">Attribute's name, or one of the three built-in names when <paramref name="isPseudo"/>.</param>
    /// <param name="predicate">The test.</param>
    /// <param name="text">Text or regular expression; not used by the tests for existence.</param>
    /// <param name="isPseudo">Whether the name is a built-in one.</param>
    public static Result<AttributeConstraint> Create(string name, AttributePredicate predicate, string text = "", bool isPseudo = false)
    {
        if (string.IsNullOrEmpty(name))
            return new Problem("selector", "must name an attribute");
        if (isPseudo && name is not (Hostname or Region or Zone))
            return new Problem("selector.pseudoattribute_type", $"'{name}' must be HOSTNAME, REGION or ZONE");
        Regex? pattern = null;
        if (predicate is AttributePredicate.TextMatches or AttributePredicate.TextNotMatches)
        {
            if (text.Length > MaxPatternLength)
                return new Problem("predicate.regex", $"must have at most {MaxPatternLength} characters");
            try
            {
                // By itself first: "a)|(b" is no expression, though it becomes one between the brackets below.
                _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                // Without backtracking the time to match grows with the text only, whatever the expression: the caller is not trusted.
                pattern = new Regex($@"\A(?:{text})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (ArgumentException error)
            {
                return new Problem("predicate.regex", error.Message);
            }
            catch (NotSupportedException error)
            {
                return new Problem("predicate.regex", error.Message);
            }
        }
        return new AttributeConstraint(isPseudo, name, predicate, text, pattern);
    }

    /// <summary>Whether the agent passes.</summary>
    public bool IsSatisfiedBy(AgentInfo agent)
    {
        if (IsPseudo)
        {
            string? value = Name switch { Hostname => agent.Hostname, Region => agent.Domain?.Region, _ => agent.Domain?.Zone };
            return value is null ? IsNegative : Test(ValueKind.Text, value);
        }
        foreach (AgentAttribute attribute in agent.Attributes)
        {
            // Of several attributes with the name the first counts, as in Mesos.
            if (attribute.Name == Name)
                return Test(attribute.Kind, attribute.Text);
        }
        return IsNegative;
    }

    /// <summary>For people: <c>rack TextEquals r1</c>.</summary>
    public override string ToString() => $"{Name} {Predicate} {Text}".TrimEnd();

    private bool IsNegative => Predicate is AttributePredicate.NotExists or AttributePredicate.TextNotEquals or AttributePredicate.TextNotMatches;

    private bool Test(ValueKind kind, string? text) => Predicate switch
    {
        AttributePredicate.Exists => true,
        AttributePredicate.NotExists => false,
        _ when kind != ValueKind.Text => true,
        AttributePredicate.TextEquals => text == Text,
        AttributePredicate.TextNotEquals => text != Text,
        AttributePredicate.TextMatches => _pattern!.IsMatch(text!),
        _ => !_pattern!.IsMatch(text!),
    };
}
