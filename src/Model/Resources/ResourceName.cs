using System.Collections.Concurrent;

namespace ActorScheduler.Model;

/// <summary>
/// A resource's name, interned: the names in use are few and compared all the time. Equality is by text; for interned names a
/// comparison of references.
/// </summary>
public sealed class ResourceName : IEquatable<ResourceName>, IComparable<ResourceName>
{
    /// <summary>Names kept interned. Beyond that, names still work and cost a text comparison; a flood of made-up names cannot fill memory.</summary>
    public const int MaxInterned = 4096;

    private static readonly ConcurrentDictionary<string, ResourceName> Interned = new(StringComparer.Ordinal);

    /// <summary>Processor cores.</summary>
    public static readonly ResourceName Cpus = Of("cpus");

    /// <summary>Memory in MiB.</summary>
    public static readonly ResourceName Mem = Of("mem");

    /// <summary>Disk space in MiB.</summary>
    public static readonly ResourceName Disk = Of("disk");

    /// <summary>Graphics processors, whole ones.</summary>
    public static readonly ResourceName Gpus = Of("gpus");

    /// <summary>Network ports, a ranges resource.</summary>
    public static readonly ResourceName Ports = Of("ports");

    private readonly int _hash;

    private ResourceName(string text)
    {
        Text = text;
        _hash = DeterministicHash.Of(text);
    }

    /// <summary>The name as written.</summary>
    public string Text { get; }

    /// <summary>The one object for a name (as long as fewer than <see cref="MaxInterned"/> names are in use).</summary>
    public static ResourceName Of(string text)
    {
        if (Interned.TryGetValue(text, out ResourceName? known))
            return known;
        var made = new ResourceName(text);
        return Interned.Count < MaxInterned ? Interned.GetOrAdd(text, made) : made;
    }

    /// <summary>Says what is wrong with a name from outside, or null.</summary>
    public static Problem? Check(string field, string? text)
    {
        if (IdRules.Check(field, text) is { } problem)
            return problem;
        foreach (char c in text!)
        {
            if (c is ':' or ';' or '(' or ')' or '[' or ']' or '{' or '}' or ',' || char.IsWhiteSpace(c))
                return new Problem(field, $"a resource name must not contain '{c}'");
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(ResourceName? other) =>
        ReferenceEquals(this, other) || other is not null && _hash == other._hash && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>Ordinal order of the texts.</summary>
    public int CompareTo(ResourceName? other) => string.CompareOrdinal(Text, other?.Text);

    /// <summary>The name as written.</summary>
    public override string ToString() => Text;

    /// <summary>Equality by text.</summary>
    public static bool operator ==(ResourceName? left, ResourceName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Inequality by text.</summary>
    public static bool operator !=(ResourceName? left, ResourceName? right) => !(left == right);

    /// <summary>Ordinal order.</summary>
    public static bool operator <(ResourceName left, ResourceName right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(ResourceName left, ResourceName right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(ResourceName left, ResourceName right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(ResourceName left, ResourceName right) => left.CompareTo(right) >= 0;
}
