namespace ActorScheduler.Model;

/// <summary>A set of words, such as the disks of a host. Immutable, sorted ordinally.</summary>
public sealed class ValueSet : IEquatable<ValueSet>
{
    /// <summary>Most items that input may have.</summary>
    public const int MaxItems = 65_536;

    private readonly string[] _items;

    private ValueSet(string[] items)
    {
        _items = items;
    }

    /// <summary>No words.</summary>
    public static ValueSet Empty { get; } = new([]);

    /// <summary>The words, in order.</summary>
    public ReadOnlySpan<string> Items => _items;

    /// <summary>Whether there are no words.</summary>
    public bool IsEmpty => _items.Length == 0;

    /// <summary>Sorts and removes doubles.</summary>
    public static ValueSet Of(params IEnumerable<string> items) =>
        new([.. items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Every word of either.</summary>
    public ValueSet Add(ValueSet other) => other.IsEmpty ? this : IsEmpty ? other : Of(_items.Concat(other._items));

    /// <summary>Every word that is here and not there.</summary>
    public ValueSet Subtract(ValueSet other) =>
        other.IsEmpty ? this : new ValueSet([.. _items.Where(item => !other.Contains(item))]);

    /// <summary>Whether every word there is also here.</summary>
    public bool Contains(ValueSet other) => Array.TrueForAll(other._items, Contains);

    /// <summary>Whether one word is here.</summary>
    public bool Contains(string item) => Array.BinarySearch(_items, item, StringComparer.Ordinal) >= 0;

    /// <inheritdoc/>
    public bool Equals(ValueSet? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = _items.Length;
        foreach (string item in _items)
            hash = DeterministicHash.Combine(hash, DeterministicHash.Of(item));
        return hash;
    }

    /// <summary><c>{sda1, sda2}</c>.</summary>
    public override string ToString() => $"{{{string.Join(", ", _items)}}}";

    /// <summary>Reads <c>{sda1, sda2}</c>.</summary>
    public static Result<ValueSet> Parse(string text, string field = "set")
    {
        string body = text.Trim();
        if (body.Length < 2 || body[0] != '{' || body[^1] != '}')
            return new Problem(field, $"'{text}' must be written {{item, ...}}");
        string[] items = body[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return items.Length > MaxItems ? new Problem(field, $"must have at most {MaxItems} items") : Of(items);
    }
}
