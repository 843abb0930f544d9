using System.Globalization;

namespace ActorScheduler.Model;

/// <summary>A fact about an agent that operators set and frameworks look at: a number, ranges or a text.</summary>
public sealed record AgentAttribute
{
    private AgentAttribute(string name, ValueKind kind, long milli, ValueRanges? ranges, string? text)
    {
        Name = name;
        Kind = kind;
        ScalarMilli = milli;
        Ranges = ranges;
        Text = text;
    }

    /// <summary>The name; may repeat on one agent.</summary>
    public string Name { get; }

    /// <summary>Scalar, ranges or text.</summary>
    public ValueKind Kind { get; }

    /// <summary>Thousandths, for a scalar.</summary>
    public long ScalarMilli { get; }

    /// <summary>Runs, for ranges.</summary>
    public ValueRanges? Ranges { get; }

    /// <summary>The text, for a text.</summary>
    public string? Text { get; }

    /// <summary>A text.</summary>
    public static AgentAttribute OfText(string name, string text) => new(name, ValueKind.Text, 0, null, text);

    /// <summary>A number, in thousandths.</summary>
    public static AgentAttribute OfScalar(string name, long milli) => new(name, ValueKind.Scalar, milli, null, null);

    /// <summary>Ranges.</summary>
    public static AgentAttribute OfRanges(string name, ValueRanges ranges) => new(name, ValueKind.Ranges, 0, ranges, null);

    /// <summary>The value as the command line writes it.</summary>
    public string ValueText => Kind switch
    {
        ValueKind.Scalar => FixedPoint.Format(ScalarMilli),
        ValueKind.Ranges => Ranges!.ToString(),
        _ => Text!,
    };

    /// <summary><c>name:value</c>.</summary>
    public override string ToString() => $"{Name}:{ValueText}";

    /// <summary>Reads <c>rack:r1;level:10;ports:[1-5]</c>: what looks like a number or like ranges is one.</summary>
    public static Result<IReadOnlyList<AgentAttribute>> ParseAll(string text)
    {
        var attributes = new List<AgentAttribute>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':');
            if (colon <= 0 || colon == part.Length - 1)
                return new Problem($"attributes[{attributes.Count}]", $"'{part}' must be written name:value");
            string name = part[..colon].Trim();
            string value = part[(colon + 1)..].Trim();
            if (value[0] == '[')
            {
                if (!ValueRanges.Parse(value, name).TryGet(out ValueRanges? ranges, out Problem? problem))
                    return problem.Under("attributes");
                attributes.Add(OfRanges(name, ranges));
            }
            else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && FixedPoint.FromDouble(number).TryGet(out long milli, out _))
            {
                attributes.Add(OfScalar(name, milli));
            }
            else
            {
                attributes.Add(OfText(name, value));
            }
        }
        return attributes;
    }
}
