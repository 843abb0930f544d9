namespace Akka.Configuration.Hocon;

/// <summary>Text: a quoted or unquoted string, a number, a boolean. A null <see cref="Value" /> is HOCON's null.</summary>
public class HoconLiteral : IHoconElement
{
    /// <summary>The text, without quotes and with escapes resolved.</summary>
    public string Value { get; set; } = null!;

    /// <summary>
    /// White space between two parts of a concatenation. It counts when the parts are text (<c>a b</c>) and not when they
    /// are lists or objects.
    /// </summary>
    internal bool IsBlank { get; init; }

    /// <inheritdoc />
    public bool IsString() => true;

    /// <inheritdoc />
    public string GetString() => Value;

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => throw new NotSupportedException("This is text, not a list.");

    /// <inheritdoc />
    public override string ToString() => Value;
}
