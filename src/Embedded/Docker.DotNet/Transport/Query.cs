#nullable enable
using System.Globalization;
using System.Text;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Transport;

/// <summary>The query of a request. What is null is left out.</summary>
internal sealed class Query
{
    private readonly StringBuilder _text = new();

    public Query Add(string name, string? value)
    {
        if (value is null) return this;
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public Query Add(string name, bool? value) => Add(name, value switch { null => null, true => "true", false => "false" });

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>One entry a value, as the engine wants lists of names and changes.</summary>
    public Query AddEach(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? []) Add(name, value);
        return this;
    }

    /// <summary>A map or list that travels as JSON in the query, such as filters.</summary>
    public Query AddJson<T>(string name, ICollection<T>? value) =>
        value is null || value.Count == 0 ? this : Add(name, Encoding.UTF8.GetString(EngineJson.Write<object>(value)));

    public override string ToString() => _text.ToString();
}
