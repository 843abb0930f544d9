namespace Akka.Configuration.Hocon;

/// <summary>An object: keys, in the order of their first appearance, with their values.</summary>
public class HoconObject : IHoconElement
{
    /// <summary>The keys (unquoted) and values.</summary>
    public Dictionary<string, HoconValue> Items { get; } = [];

    /// <summary>The same tree in plain types: dictionaries, lists and strings.</summary>
    public IDictionary<string, object> Unwrapped => Items.ToDictionary(item => item.Key, item => Unwrap(item.Value)!);

    /// <inheritdoc />
    public bool IsString() => false;

    /// <inheritdoc />
    public string GetString() => throw new NotSupportedException("This is an object, not text.");

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    public IList<HoconValue> GetArray() => throw new NotSupportedException("This is an object, not a list.");

    /// <summary>The value of one key (a name, not a path), or null.</summary>
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key)!;

    /// <summary>The value of one key, made empty when it is not there.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
        {
            Items[key] = value = new HoconValue();
        }

        return value;
    }

    /// <summary>Takes what <paramref name="other" /> has and this lacks; objects that both have merge the same way.</summary>
    public virtual void Merge(HoconObject other)
    {
        foreach (var (key, theirs) in other.Items)
        {
            if (!Items.TryGetValue(key, out var mine))
            {
                Items[key] = theirs;
            }
            else if (mine.IsObject() && theirs.IsObject())
            {
                // A new value: the one that is here may be part of another configuration too.
                Items[key] = new HoconValue([HoconMerge.Completed(mine.GetObject(), theirs.GetObject())]);
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() => HoconWriter.Write(new HoconValue([this]));

    private static object? Unwrap(HoconValue value)
    {
        if (value.IsObject())
        {
            return value.GetObject().Unwrapped;
        }

        return value.IsArray() ? value.GetArray().Select(Unwrap).ToList() : value.GetString();
    }
}
