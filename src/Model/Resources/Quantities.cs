using System.Text;

namespace ActorScheduler.Model;

/// <summary>
/// Amounts of scalar resources by name alone, whatever their reservations: what quotas, minimum sizes and shares are made of.
/// Immutable. The four well-known names are fields, others a short sorted array.
/// </summary>
public sealed class Quantities : IEquatable<Quantities>
{
    private readonly KeyValuePair<ResourceName, long>[] _others;

    private Quantities(long cpus, long mem, long disk, long gpus, KeyValuePair<ResourceName, long>[] others)
    {
        Cpus = cpus;
        Mem = mem;
        Disk = disk;
        Gpus = gpus;
        _others = others;
    }

    /// <summary>Nothing.</summary>
    public static Quantities Zero { get; } = new(0, 0, 0, 0, []);

    /// <summary>Thousandths of a core.</summary>
    public long Cpus { get; }

    /// <summary>Thousandths of a MiB of memory.</summary>
    public long Mem { get; }

    /// <summary>Thousandths of a MiB of disk.</summary>
    public long Disk { get; }

    /// <summary>Thousandths of a graphics processor.</summary>
    public long Gpus { get; }

    /// <summary>Amounts in thousandths of all other names, none of them zero, sorted by name.</summary>
    public ReadOnlySpan<KeyValuePair<ResourceName, long>> Others => _others;

    /// <summary>Whether all are zero.</summary>
    public bool IsZero => (Cpus | Mem | Disk | Gpus) == 0 && _others.Length == 0;

    /// <summary>Thousandths of any name; 0 when absent.</summary>
    public long this[ResourceName name]
    {
        get
        {
            if (ReferenceEquals(name, ResourceName.Cpus))
                return Cpus;
            if (ReferenceEquals(name, ResourceName.Mem))
                return Mem;
            if (ReferenceEquals(name, ResourceName.Disk))
                return Disk;
            if (ReferenceEquals(name, ResourceName.Gpus))
                return Gpus;
            foreach (KeyValuePair<ResourceName, long> other in _others)
            {
                if (other.Key == name)
                    return other.Value;
            }
            return 0;
        }
    }

    /// <summary>Makes quantities from thousandths.</summary>
    public static Quantities OfMilli(
        long cpus = 0, long mem = 0, long disk = 0, long gpus = 0, IEnumerable<KeyValuePair<ResourceName, long>>? others = null)
    {
        if (others is null)
            return (cpus | mem | disk | gpus) == 0 ? Zero : new Quantities(cpus, mem, disk, gpus, []);
        KeyValuePair<ResourceName, long>[] sorted =
            [.. others.Where(other => other.Value != 0).OrderBy(other => other.Key.Text, StringComparer.Ordinal)];
        return new Quantities(cpus, mem, disk, gpus, sorted);
    }

    /// <summary>Makes quantities from units (cores, MiB).</summary>
    public static Quantities Of(double cpus = 0, double mem = 0, double disk = 0, double gpus = 0) => OfMilli(
        FixedPoint.FromDouble(cpus, "cpus").Value, FixedPoint.FromDouble(mem, "mem").Value,
        FixedPoint.FromDouble(disk, "disk").Value, FixedPoint.FromDouble(gpus, "gpus").Value);

    /// <summary>Sum, by name.</summary>
    public Quantities Add(Quantities other) => Combine(other, static (a, b) => checked(a + b));

    /// <summary>Difference, by name, never below zero.</summary>
    public Quantities SubtractOrZero(Quantities other) => Combine(other, static (a, b) => Math.Max(0, a - b));

    /// <summary>Difference, by name; negative where more is taken than there is.</summary>
    public Quantities Subtract(Quantities other) => Combine(other, static (a, b) => a - b);

    /// <summary>Product with a whole number.</summary>
    public Quantities Times(long count) => OfMilli(
        checked(Cpus * count), checked(Mem * count), checked(Disk * count), checked(Gpus * count),
        _others.Length == 0 ? null : _others.Select(other => KeyValuePair.Create(other.Key, checked(other.Value * count))));

    /// <summary>Whether there is at least as much of each name.</summary>
    public bool Contains(Quantities other)
    {
        if (Cpus < other.Cpus || Mem < other.Mem || Disk < other.Disk || Gpus < other.Gpus)
            return false;
        foreach (KeyValuePair<ResourceName, long> wanted in other._others)
        {
            if (this[wanted.Key] < wanted.Value)
                return false;
        }
        return true;
    }

    /// <summary>All amounts that are not zero, cpus first, others by name.</summary>
    public IEnumerable<KeyValuePair<ResourceName, long>> NonZero()
    {
        if (Cpus != 0)
            yield return new(ResourceName.Cpus, Cpus);
        if (Mem != 0)
            yield return new(ResourceName.Mem, Mem);
        if (Disk != 0)
            yield return new(ResourceName.Disk, Disk);
        if (Gpus != 0)
            yield return new(ResourceName.Gpus, Gpus);
        foreach (KeyValuePair<ResourceName, long> other in _others)
            yield return other;
    }

    /// <summary>Reads <c>cpus:0.01;mem:32</c>.</summary>
    public static Result<Quantities> Parse(string text, string field = "quantities")
    {
        var amounts = new Dictionary<ResourceName, long>();
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.IndexOf(':');
            if (colon <= 0)
                return new Problem(field, $"'{part}' must be written name:amount");
            string name = part[..colon].Trim();
            if (ResourceName.Check(field, name) is { } badName)
                return badName;
            if (!FixedPoint.Parse(part[(colon + 1)..], $"{field}.{name}").TryGet(out long milli, out Problem? badAmount))
                return badAmount;
            if (!amounts.TryAdd(ResourceName.Of(name), milli))
                return new Problem(field, $"'{name}' is given twice");
        }
        return FromAmounts(amounts);
    }

    /// <summary>Collects amounts in thousandths by name.</summary>
    public static Quantities FromAmounts(IReadOnlyDictionary<ResourceName, long> amounts) => OfMilli(
        amounts.GetValueOrDefault(ResourceName.Cpus), amounts.GetValueOrDefault(ResourceName.Mem),
        amounts.GetValueOrDefault(ResourceName.Disk), amounts.GetValueOrDefault(ResourceName.Gpus),
        amounts.Where(a => a.Key != ResourceName.Cpus && a.Key != ResourceName.Mem && a.Key != ResourceName.Disk && a.Key != ResourceName.Gpus));

    /// <inheritdoc/>
    public bool Equals(Quantities? other) =>
        ReferenceEquals(this, other)
        || other is not null && Cpus == other.Cpus && Mem == other.Mem && Disk == other.Disk && Gpus == other.Gpus
            && _others.AsSpan().SequenceEqual(other._others);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Quantities other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Cpus, Mem, Disk, Gpus, _others.Length);

    /// <summary><c>cpus:2;mem:1024</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((ResourceName name, long milli) in NonZero())
            text.Append(text.Length == 0 ? "" : ";").Append(name.Text).Append(':').Append(FixedPoint.Format(milli));
        return text.ToString();
    }

    private Quantities Combine(Quantities other, Func<long, long, long> combine)
    {
        KeyValuePair<ResourceName, long>[] others = _others.Length == 0 && other._others.Length == 0
            ? []
            :
            [
                .. _others.Select(a => a.Key).Union(other._others.Select(b => b.Key))
                    .Select(name => KeyValuePair.Create(name, combine(this[name], other[name])))
                    .Where(sum => sum.Value != 0)
                    .OrderBy(sum => sum.Key.Text, StringComparer.Ordinal),
            ];
        return new Quantities(combine(Cpus, other.Cpus), combine(Mem, other.Mem), combine(Disk, other.Disk), combine(Gpus, other.Gpus), others);
    }
}
