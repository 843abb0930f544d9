namespace Akka.Configuration.Hocon;

/// <summary>
/// A reference to another path, <c>${a.b}</c>; optional as <c>${?a.b}</c>. When the configuration does not have the path, an
/// environment variable of that name is taken.
/// </summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    /// <inheritdoc cref="HoconSubstitution" />
    protected HoconSubstitution()
    {
    }

    /// <summary>Refers to <paramref name="path" />; a leading question mark makes it optional.</summary>
    public HoconSubstitution(string path)
    {
        IsOptional = path.StartsWith('?');
        Path = IsOptional ? path[1..] : path;
    }

    /// <summary>The path, as written, without the question mark.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>What the path stands for; null as long as the substitution is not resolved, or when it is optional and undefined.</summary>
    public HoconValue ResolvedValue { get; set; } = null!;

    internal bool IsOptional { get; init; }

    /// <summary>The substitution stands for what its own key held before: the hidden part of <c>+=</c>.</summary>
    internal bool IsEarlierValue { get; init; }

    /// <summary>Where the text that this stands in was included: paths are tried from there first.</summary>
    internal IReadOnlyList<string> IncludedAt { get; init; } = [];

    /// <summary>Where the substitution was written, for errors.</summary>
    internal string Place { get; init; } = string.Empty;

    /// <inheritdoc />
    public bool IsString() => ResolvedValue is { } value && value.IsString();

    /// <inheritdoc />
    public string GetString() => ResolvedValue?.GetString()!;

    /// <inheritdoc />
    public bool IsArray() => ResolvedValue is { } value && value.IsArray();

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    /// <inheritdoc />
    public bool IsObject() => ResolvedValue is { } value && value.IsObject();

    /// <inheritdoc />
    public HoconObject GetObject() => ResolvedValue?.GetObject()!;

    /// <inheritdoc />
    public override string ToString() => $"${{{(IsOptional ? "?" : "")}{Path}}}";
}
