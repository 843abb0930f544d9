using System.Collections.Immutable;

namespace ActorScheduler.Model;

/// <summary>
/// A collection of resources of one agent, immutable. Unreserved, non-revocable cpus, mem, disk, gpus and ports are plain
/// fields, which is all that most agents have. Everything else (reserved, labelled, volumes, shared, revocable, custom names)
/// lies in a hashed multiset, so that adding, subtracting or finding k objects costs about k however many there are.
/// </summary>
public sealed partial class Resources : IEquatable<Resources>
{
    private static readonly ImmutableDictionary<ResourceKey, Amount> NoObjects = ImmutableDictionary<ResourceKey, Amount>.Empty;

    private readonly ImmutableDictionary<ResourceKey, Amount> _objects;
    private readonly ValueRanges _ports;
    private Quantities? _quantities;
    private int _traits = -1;

    private Resources(long cpus, long mem, long disk, long gpus, ValueRanges ports, ImmutableDictionary<ResourceKey, Amount> objects)
    {
        PlainCpus = cpus;
        PlainMem = mem;
        PlainDisk = disk;
        PlainGpus = gpus;
        _ports = ports;
        _objects = objects;
    }

    /// <summary>No resources.</summary>
    public static Resources Empty { get; } = new(0, 0, 0, 0, ValueRanges.Empty, NoObjects);

    /// <summary>Unreserved, non-revocable thousandths of cores.</summary>
    public long PlainCpus { get; }

    /// <summary>Unreserved, non-revocable thousandths of MiB of memory.</summary>
    public long PlainMem { get; }

    /// <summary>Unreserved, non-revocable thousandths of MiB of root disk.</summary>
    public long PlainDisk { get; }

    /// <summary>Unreserved, non-revocable thousandths of graphics processors.</summary>
    public long PlainGpus { get; }

    /// <summary>Unreserved, non-revocable ports.</summary>
    public ValueRanges PlainPorts => _ports;

    /// <summary>Number of objects outside the plain fields.</summary>
    public int ObjectCount => _objects.Count;

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => (PlainCpus | PlainMem | PlainDisk | PlainGpus) == 0 && _ports.IsEmpty && _objects.Count == 0;

    /// <summary>Scalar amounts by name, reservations and all; a shared resource counts once however many copies are held.</summary>
    public Quantities Quantities => _quantities ??= Sum(static _ => true, withPlain: true);

    /// <summary>Plain unreserved resources.</summary>
    /// <param name="cpus">Cores.</param>
    /// <param name="mem">MiB.</param>
    /// <param name="disk">MiB.</param>
    /// <param name="gpus">Graphics processors.</param>
    /// <param name="ports">Ports, or null for none.</param>
    public static Resources Of(double cpus = 0, double mem = 0, double disk = 0, double gpus = 0, ValueRanges? ports = null) => OfMilli(
        FixedPoint.FromDouble(cpus, "cpus").Value, FixedPoint.FromDouble(mem, "mem").Value,
        FixedPoint.FromDouble(disk, "disk").Value, FixedPoint.FromDouble(gpus, "gpus").Value, ports);

    /// <summary>Plain unreserved resources in thousandths.</summary>
    public static Resources OfMilli(long cpus, long mem, long disk, long gpus, ValueRanges? ports = null) =>
        Make(cpus, mem, disk, gpus, ports ?? ValueRanges.Empty, NoObjects);

    /// <summary>Collects resource objects; equal keys merge.</summary>
    public static Resources From(params IEnumerable<Resource> resources)
    {
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        ValueRanges ports = ValueRanges.Empty;
        ImmutableDictionary<ResourceKey, Amount>.Builder? objects = null;
        foreach (Resource resource in resources)
        {
            if (resource.Amount.IsEmpty)
                continue;
            switch (PlainField(resource.Key))
            {
                case Field.Cpus: cpus += resource.Amount.Number; break;
                case Field.Mem: mem += resource.Amount.Number; break;
                case Field.Disk: disk += resource.Amount.Number; break;
                case Field.Gpus: gpus += resource.Amount.Number; break;
                case Field.Ports: ports = ports.Add(resource.Amount.Ranges!); break;
                default:
                    objects ??= NoObjects.ToBuilder();
                    objects[resource.Key] = objects.TryGetValue(resource.Key, out Amount held) ? held.Add(resource.Amount) : resource.Amount;
                    break;
            }
        }
        return Make(cpus, mem, disk, gpus, ports, objects?.ToImmutable() ?? NoObjects);
    }

    /// <summary>Sum. Costs about the number of objects of the smaller side.</summary>
    public Resources Add(Resources other)
    {
        if (other.IsEmpty)
            return this;
        if (IsEmpty)
            return other;
        return new Resources(
            checked(PlainCpus + other.PlainCpus), checked(PlainMem + other.PlainMem), checked(PlainDisk + other.PlainDisk),
            checked(PlainGpus + other.PlainGpus), _ports.Add(other._ports), AddObjects(_objects, other._objects));
    }

    /// <summary>Whether all of <paramref name="other"/> is here.</summary>
    public bool Contains(Resources other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (PlainCpus < other.PlainCpus || PlainMem < other.PlainMem || PlainDisk < other.PlainDisk || PlainGpus < other.PlainGpus
            || _objects.Count < other._objects.Count || !_ports.Contains(other._ports))
            return false;
        if (other._objects.Count == 0 || ReferenceEquals(_objects, other._objects))
            return true;
        foreach ((ResourceKey key, Amount amount) in other._objects)
        {
            if (!_objects.TryGetValue(key, out Amount held) || !held.Contains(amount))
                return false;
        }
        return true;
    }

    /// <summary>Difference. Costs about the number of objects of <paramref name="other"/>.</summary>
    /// <exception cref="InvalidOperationException">Not all of it is here: ask <see cref="Contains(Resources)"/> first.</exception>
    public Resources Subtract(Resources other) =>
        Contains(other) ? SubtractContained(other) : throw new InvalidOperationException($"{this} does not contain {other}.");

    /// <summary>Difference, or false when not all of <paramref name="other"/> is here.</summary>
    public bool TrySubtract(Resources other, out Resources difference)
    {
        bool contained = Contains(other);
        difference = contained ? SubtractContained(other) : this;
        return contained;
    }

    /// <summary>What is left after taking as much of <paramref name="other"/> as there is.</summary>
    public Resources SubtractOrEmpty(Resources other)
    {
        if (other.IsEmpty || IsEmpty)
            return this;
        ImmutableDictionary<ResourceKey, Amount> objects = _objects;
        if (objects.Count > 0)
        {
            foreach ((ResourceKey key, Amount amount) in other._objects)
            {
                if (!objects.TryGetValue(key, out Amount held))
                    continue;
                Amount left = held.Subtract(amount with { Number = Math.Min(amount.Number, held.Number) });
                objects = left.IsEmpty ? objects.Remove(key) : objects.SetItem(key, left);
            }
        }
        return Make(
            Math.Max(0, PlainCpus - other.PlainCpus), Math.Max(0, PlainMem - other.PlainMem), Math.Max(0, PlainDisk - other.PlainDisk),
            Math.Max(0, PlainGpus - other.PlainGpus), _ports.Subtract(other._ports), objects);
    }

    /// <inheritdoc/>
    public bool Equals(Resources? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || PlainCpus != other.PlainCpus || PlainMem != other.PlainMem || PlainDisk != other.PlainDisk
            || PlainGpus != other.PlainGpus || _objects.Count != other._objects.Count || !_ports.Equals(other._ports))
            return false;
        foreach ((ResourceKey key, Amount amount) in other._objects)
        {
            if (!_objects.TryGetValue(key, out Amount held) || held != amount)
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Resources other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PlainCpus, PlainMem, PlainDisk, PlainGpus, _ports, _objects.Count);

    /// <summary>For people and, when nothing is refined or a volume, for <see cref="ResourceText.Parse"/>.</summary>
    public override string ToString() => ResourceText.Format(this);

    private static ImmutableDictionary<ResourceKey, Amount> AddObjects(
        ImmutableDictionary<ResourceKey, Amount> left, ImmutableDictionary<ResourceKey, Amount> right)
    {
        if (left.Count < right.Count)
            (left, right) = (right, left);
        if (right.Count == 0)
            return left;
        if (right.Count == 1)
        {
            foreach ((ResourceKey key, Amount amount) in right)
                return left.SetItem(key, left.TryGetValue(key, out Amount held) ? held.Add(amount) : amount);
        }
        ImmutableDictionary<ResourceKey, Amount>.Builder sum = left.ToBuilder();
        foreach ((ResourceKey key, Amount amount) in right)
            sum[key] = sum.TryGetValue(key, out Amount held) ? held.Add(amount) : amount;
        return sum.ToImmutable();
    }

    private Resources SubtractContained(Resources other)
    {
        if (ReferenceEquals(this, other))
            return Empty;
        if (other.IsEmpty)
            return this;
        ImmutableDictionary<ResourceKey, Amount> objects = _objects;
        if (other._objects.Count > 0)
        {
            ImmutableDictionary<ResourceKey, Amount>.Builder difference = objects.ToBuilder();
            foreach ((ResourceKey key, Amount amount) in other._objects)
            {
                Amount left = difference[key].Subtract(amount);
                if (left.IsEmpty)
                    difference.Remove(key);
                else
                    difference[key] = left;
            }
            objects = difference.ToImmutable();
        }
        return Make(
            PlainCpus - other.PlainCpus, PlainMem - other.PlainMem, PlainDisk - other.PlainDisk, PlainGpus - other.PlainGpus,
            _ports.Subtract(other._ports), objects);
    }

    private static Resources Make(
        long cpus, long mem, long disk, long gpus, ValueRanges ports, ImmutableDictionary<ResourceKey, Amount> objects) =>
        (cpus | mem | disk | gpus) == 0 && ports.IsEmpty && objects.Count == 0
            ? Empty
            : new Resources(cpus, mem, disk, gpus, ports, objects);
}
