using System.Collections.Immutable;

namespace ActorScheduler.Model;

/// <content>Views: parts of a collection by what they are, and its enumeration as objects.</content>
public sealed partial class Resources
{
    private const int ReservedTrait = 1;
    private const int RevocableTrait = 2;
    private const int SharedTrait = 4;
    private const int RefinedTrait = 8;

    private static readonly ResourceKey CpusKey = new(ResourceName.Cpus);
    private static readonly ResourceKey MemKey = new(ResourceName.Mem);
    private static readonly ResourceKey DiskKey = new(ResourceName.Disk);
    private static readonly ResourceKey GpusKey = new(ResourceName.Gpus);
    private static readonly ResourceKey PortsKey = new(ResourceName.Ports, ValueKind.Ranges);

    private enum Field
    {
        None,
        Cpus,
        Mem,
        Disk,
        Gpus,
        Ports,
    }

    /// <summary>Whether anything is reserved.</summary>
    public bool HasReserved => (Traits & ReservedTrait) != 0;

    /// <summary>Whether anything is revocable.</summary>
    public bool HasRevocable => (Traits & RevocableTrait) != 0;

    /// <summary>Whether anything is shared.</summary>
    public bool HasShared => (Traits & SharedTrait) != 0;

    /// <summary>Whether any reservation refines another.</summary>
    public bool HasRefined => (Traits & RefinedTrait) != 0;

    private int Traits
    {
        get
        {
            if (_traits < 0)
            {
                int traits = 0;
                foreach ((ResourceKey key, _) in _objects)
                {
                    traits |= (key.IsUnreserved ? 0 : ReservedTrait) | (key.IsRevocable ? RevocableTrait : 0)
                        | (key.IsShared ? SharedTrait : 0) | (key.IsRefined ? RefinedTrait : 0);
                }
                _traits = traits;
            }
            return _traits;
        }
    }

    /// <summary>
    /// Says which amount is below zero or larger than <see cref="FixedPoint.Max"/>, or which port is none, or null: what comes from
    /// arithmetic elsewhere must not get into books that add it up.
    /// </summary>
    public Problem? CheckAmounts(string field)
    {
        if (ResourceRules.CheckPorts(PlainPorts) is { } badPort)
            return badPort.Under(field);
        if ((PlainCpus | PlainMem | PlainDisk | PlainGpus) >= 0 && _objects.Count == 0
            && PlainCpus <= FixedPoint.Max && PlainMem <= FixedPoint.Max && PlainDisk <= FixedPoint.Max && PlainGpus <= FixedPoint.Max)
            return null;
        var sums = new Dictionary<ResourceName, long>
        {
            [ResourceName.Cpus] = PlainCpus, [ResourceName.Mem] = PlainMem, [ResourceName.Disk] = PlainDisk, [ResourceName.Gpus] = PlainGpus,
        };
        foreach ((ResourceKey key, Amount amount) in _objects)
        {
            if (amount.Number is < 0 or > FixedPoint.Max || key.Size is < 0 or > FixedPoint.Max)
                return new Problem(field, $"'{key}' must have an amount between 0 and {FixedPoint.Max / FixedPoint.Scale}");
            if (key.Name == ResourceName.Ports && ResourceRules.CheckPorts(amount.Ranges) is { } port)
                return port.Under(field);
            if (key.Size > 0 && amount.Number > FixedPoint.Max / key.Size)
                return new Problem(field, $"'{key}' is given {amount.Number} times");
            sums[key.Name] = sums.GetValueOrDefault(key.Name) + (key.Size > 0 ? key.Size * amount.Number : amount.Number);
            if (sums[key.Name] > FixedPoint.Max)
                return new Problem(field, $"'{key.Name}' must add up to at most {FixedPoint.Max / FixedPoint.Scale}");
        }
        foreach ((ResourceName name, long sum) in sums)
        {
            if (sum is < 0 or > FixedPoint.Max)
                return new Problem(field, $"'{name}' must have an amount between 0 and {FixedPoint.Max / FixedPoint.Scale}");
        }
        return null;
    }

    /// <summary>The objects whose key satisfies a condition; plain fields go along when <paramref name="withPlain"/> is set.</summary>
    public Resources Where(Func<ResourceKey, bool> condition, bool withPlain)
    {
        ImmutableDictionary<ResourceKey, Amount> objects = _objects;
        if (objects.Count > 0)
        {
            ImmutableDictionary<ResourceKey, Amount>.Builder? kept = null;
            int count = 0;
            foreach ((ResourceKey key, Amount amount) in _objects)
            {
                if (!condition(key))
                    continue;
                count++;
                (kept ??= NoObjects.ToBuilder()).Add(key, amount);
            }
            objects = count == _objects.Count ? _objects : kept?.ToImmutable() ?? NoObjects;
        }
        if (withPlain && ReferenceEquals(objects, _objects))
            return this;
        return withPlain
            ? Make(PlainCpus, PlainMem, PlainDisk, PlainGpus, _ports, objects)
            : Make(0, 0, 0, 0, ValueRanges.Empty, objects);
    }

    /// <summary>What a framework in this role may be given: unreserved, or reserved for the role or one above it.</summary>
    public Resources AllocatableTo(string role) => HasReserved ? Where(key => key.IsAllocatableTo(role), withPlain: true) : this;

    /// <summary>What is reserved for exactly this role.</summary>
    public Resources ReservedTo(string role) => HasReserved ? Where(key => key.Role == role && !key.IsUnreserved, withPlain: false) : Empty;

    /// <summary>All that is reserved.</summary>
    public Resources Reserved() => HasReserved ? Where(static key => !key.IsUnreserved, withPlain: false) : Empty;

    /// <summary>All that is not reserved.</summary>
    public Resources Unreserved() => HasReserved ? Where(static key => key.IsUnreserved, withPlain: true) : this;

    /// <summary>All that cannot be taken back.</summary>
    public Resources NonRevocable() => HasRevocable ? Where(static key => !key.IsRevocable, withPlain: true) : this;

    /// <summary>All that can be taken back.</summary>
    public Resources Revocable() => HasRevocable ? Where(static key => key.IsRevocable, withPlain: false) : Empty;

    /// <summary>All that only one task may use at a time.</summary>
    public Resources NonShared() => HasShared ? Where(static key => !key.IsShared, withPlain: true) : this;

    /// <summary>All that several tasks may use at once.</summary>
    public Resources Shared() => HasShared ? Where(static key => key.IsShared, withPlain: false) : Empty;

    /// <summary>The persistent volumes.</summary>
    public Resources PersistentVolumes() =>
        _objects.Count == 0 ? Empty : Where(static key => key.IsPersistentVolume, withPlain: false);

    /// <summary>The innermost roles that something is reserved for, each once, in order of name.</summary>
    public IReadOnlyList<string> ReservedRoles()
    {
        if (!HasReserved)
            return [];
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((ResourceKey key, _) in _objects)
        {
            if (!key.IsUnreserved)
                roles.Add(key.Role);
        }
        return [.. roles];
    }

    /// <summary>Scalar amounts reserved, by the innermost role; one look at each object.</summary>
    public IReadOnlyDictionary<string, Quantities> ReservedQuantities()
    {
        var sums = new SortedDictionary<string, Quantities>(StringComparer.Ordinal);
        if (!HasReserved)
            return sums;
        foreach ((ResourceKey key, Amount amount) in _objects)
        {
            if (key.IsUnreserved || key.Kind != ValueKind.Scalar)
                continue;
            long milli = !key.IsIndivisible ? amount.Number : key.IsShared ? key.Size : checked(key.Size * amount.Number);
            Quantities one = key.Name == ResourceName.Cpus ? Quantities.OfMilli(cpus: milli)
                : key.Name == ResourceName.Mem ? Quantities.OfMilli(mem: milli)
                : key.Name == ResourceName.Disk ? Quantities.OfMilli(disk: milli)
                : key.Name == ResourceName.Gpus ? Quantities.OfMilli(gpus: milli)
                : Quantities.OfMilli(others: [KeyValuePair.Create(key.Name, milli)]);
            sums[key.Role] = sums.TryGetValue(key.Role, out Quantities? sum) ? sum.Add(one) : one;
        }
        return sums;
    }

    /// <summary>Scalar amounts of the objects whose key satisfies a condition.</summary>
    public Quantities Sum(Func<ResourceKey, bool> condition, bool withPlain)
    {
        long cpus = withPlain ? PlainCpus : 0, mem = withPlain ? PlainMem : 0;
        long disk = withPlain ? PlainDisk : 0, gpus = withPlain ? PlainGpus : 0;
        SortedDictionary<ResourceName, long>? others = null;
        foreach ((ResourceKey key, Amount amount) in _objects)
        {
            if (key.Kind != ValueKind.Scalar || !condition(key))
                continue;
            long milli = !key.IsIndivisible ? amount.Number : key.IsShared ? key.Size : checked(key.Size * amount.Number);
            if (key.Name == ResourceName.Cpus)
                cpus += milli;
            else if (key.Name == ResourceName.Mem)
                mem += milli;
            else if (key.Name == ResourceName.Disk)
                disk += milli;
            else if (key.Name == ResourceName.Gpus)
                gpus += milli;
            else
                (others ??= [])[key.Name] = others.GetValueOrDefault(key.Name) + milli;
        }
        return Quantities.OfMilli(cpus, mem, disk, gpus, others);
    }

    /// <summary>How much of one key is here.</summary>
    public Amount this[ResourceKey key] => PlainField(key) switch
    {
        Field.Cpus => new Amount(PlainCpus),
        Field.Mem => new Amount(PlainMem),
        Field.Disk => new Amount(PlainDisk),
        Field.Gpus => new Amount(PlainGpus),
        Field.Ports => new Amount(0, _ports),
        _ => _objects.GetValueOrDefault(key),
    };

    /// <summary>Every object, plain fields first, the others in the order of their keys: the same every time.</summary>
    public IEnumerable<Resource> Objects()
    {
        if (PlainCpus > 0)
            yield return new(CpusKey, new Amount(PlainCpus));
        if (PlainMem > 0)
            yield return new(MemKey, new Amount(PlainMem));
        if (PlainDisk > 0)
            yield return new(DiskKey, new Amount(PlainDisk));
        if (PlainGpus > 0)
            yield return new(GpusKey, new Amount(PlainGpus));
        if (!_ports.IsEmpty)
            yield return new(PortsKey, new Amount(0, _ports));
        if (_objects.Count == 0)
            yield break;
        foreach ((ResourceKey key, Amount amount) in _objects.OrderBy(entry => entry.Key))
            yield return new(key, amount);
    }

    /// <summary>Adds a layer of reservation to everything.</summary>
    public Resources PushReservation(Reservation layer) => From(Objects().Select(resource =>
        resource with { Key = resource.Key.WithReservations([.. resource.Key.Reservations, layer]) }));

    /// <summary>Takes the innermost layer of reservation off everything.</summary>
    /// <exception cref="InvalidOperationException">Something is not reserved.</exception>
    public Resources PopReservation() => From(Objects().Select(resource => resource.Key.IsUnreserved
        ? throw new InvalidOperationException($"{resource} is not reserved.")
        : resource with { Key = resource.Key.WithReservations([.. resource.Key.Reservations.SkipLast(1)]) }));

    /// <summary>The same without the unreserved ports.</summary>
    public Resources WithoutPlainPorts() =>
        _ports.IsEmpty ? this : Make(PlainCpus, PlainMem, PlainDisk, PlainGpus, ValueRanges.Empty, _objects);

    /// <summary>The same with the plain scalars cut down to at most these thousandths.</summary>
    public Resources WithPlainAtMost(long cpus, long mem, long disk, long gpus) =>
        PlainCpus <= cpus && PlainMem <= mem && PlainDisk <= disk && PlainGpus <= gpus
            ? this
            : Make(
                Math.Min(PlainCpus, cpus), Math.Min(PlainMem, mem), Math.Min(PlainDisk, disk), Math.Min(PlainGpus, gpus), _ports, _objects);

    private static Field PlainField(ResourceKey key)
    {
        if (key.Reservations.Count > 0 || key.Disk is not null || key.IsRevocable || key.IsShared || key.ProviderId is not null)
            return Field.None;
        if (key.Kind == ValueKind.Ranges)
            return key.Name == ResourceName.Ports ? Field.Ports : Field.None;
        if (key.Kind != ValueKind.Scalar)
            return Field.None;
        return key.Name == ResourceName.Cpus ? Field.Cpus
            : key.Name == ResourceName.Mem ? Field.Mem
            : key.Name == ResourceName.Disk ? Field.Disk
            : key.Name == ResourceName.Gpus ? Field.Gpus
            : Field.None;
    }
}
