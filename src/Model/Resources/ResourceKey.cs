using System.Text;

namespace ActorScheduler.Model;

/// <summary>
/// All that tells one resource from another except how much there is of it: name, kind, reservations, disk, revocable, shared,
/// provider. Resources with equal keys merge. The hash is computed once.
/// </summary>
public sealed class ResourceKey : IEquatable<ResourceKey>, IComparable<ResourceKey>
{
    private readonly int _hash;
    private string? _text;

    /// <summary>Makes a key; input from outside goes through <see cref="ResourceRules"/> first.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="kind">Scalar, ranges or set.</param>
    /// <param name="reservations">Layers of reservation, outermost role first; empty for unreserved.</param>
    /// <param name="disk">What is special about the disk, or null.</param>
    /// <param name="isRevocable">May be taken back at any time (oversubscription).</param>
    /// <param name="isShared">May be used by several tasks at once.</param>
    /// <param name="providerId">The resource provider on the agent, or null for the agent itself.</param>
    /// <param name="size">For indivisible resources the size in thousandths: it is part of which one it is. Else 0.</param>
    public ResourceKey(
        ResourceName name, ValueKind kind = ValueKind.Scalar, IReadOnlyList<Reservation>? reservations = null, DiskInfo? disk = null,
        bool isRevocable = false, bool isShared = false, string? providerId = null, long size = 0)
    {
        Name = name;
        Kind = kind;
        Reservations = reservations ?? [];
        Disk = disk;
        IsRevocable = isRevocable;
        IsShared = isShared;
        ProviderId = providerId;
        Size = IsIndivisible ? size : 0;
        int hash = DeterministicHash.Combine(name.GetHashCode(), (int)kind | (isRevocable ? 8 : 0) | (isShared ? 16 : 0));
        foreach (Reservation reservation in Reservations)
            hash = DeterministicHash.Combine(hash, reservation.GetHashCode());
        hash = DeterministicHash.Combine(hash, disk?.GetHashCode() ?? 0);
        _hash = DeterministicHash.Combine(hash, DeterministicHash.Of(providerId) ^ Size.GetHashCode());
    }

    /// <summary>The resource's name.</summary>
    public ResourceName Name { get; }

    /// <summary>Scalar, ranges or set.</summary>
    public ValueKind Kind { get; }

    /// <summary>Layers of reservation, outermost role first; empty when unreserved.</summary>
    public IReadOnlyList<Reservation> Reservations { get; }

    /// <summary>What is special about the disk, or null.</summary>
    public DiskInfo? Disk { get; }

    /// <summary>Whether it may be taken back at any time.</summary>
    public bool IsRevocable { get; }

    /// <summary>Whether several tasks may use it at once.</summary>
    public bool IsShared { get; }

    /// <summary>The resource provider, or null for the agent itself.</summary>
    public string? ProviderId { get; }

    /// <summary>Size in thousandths of an indivisible resource; 0 for divisible ones.</summary>
    public long Size { get; }

    /// <summary>Whether anybody may have it.</summary>
    public bool IsUnreserved => Reservations.Count == 0;

    /// <summary>Whether a reservation within a reservation exists, which old frameworks do not understand.</summary>
    public bool IsRefined => Reservations.Count > 1;

    /// <summary>Whether the last layer was made at run time.</summary>
    public bool IsDynamicallyReserved => Reservations.Count > 0 && Reservations[^1].Kind == ReservationKind.Dynamic;

    /// <summary>The innermost role it is reserved for, or <c>*</c>.</summary>
    public string Role => Reservations.Count == 0 ? RoleName.Default : Reservations[^1].Role;

    /// <summary>Whether it is a persistent volume.</summary>
    public bool IsPersistentVolume => Disk?.Persistence is not null;

    /// <summary>Whether it is given only as a whole: persistent volumes, shared resources, mounts, block devices.</summary>
    public bool IsIndivisible => IsShared || Disk is not null && (Disk.Persistence is not null || Disk.Source is { IsExclusive: true });

    /// <summary>Whether a framework with this role may be given it: unreserved, or reserved for the role or one above it.</summary>
    public bool IsAllocatableTo(string role) => Reservations.Count == 0 || RoleName.IsSelfOrDescendant(role, Role);

    /// <summary>The same with other reservations.</summary>
    public ResourceKey WithReservations(IReadOnlyList<Reservation> reservations) =>
        new(Name, Kind, reservations, Disk, IsRevocable, IsShared, ProviderId, Size);

    /// <summary>The same with another disk, shared or not, and (for indivisible results) the given size in thousandths.</summary>
    public ResourceKey WithDisk(DiskInfo? disk, bool isShared, long size) =>
        new(Name, Kind, Reservations, disk, IsRevocable, isShared, ProviderId, size);

    /// <inheritdoc/>
    public bool Equals(ResourceKey? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _hash != other._hash || Name != other.Name || Kind != other.Kind || IsRevocable != other.IsRevocable
            || IsShared != other.IsShared || Size != other.Size || ProviderId != other.ProviderId || !Equals(Disk, other.Disk)
            || Reservations.Count != other.Reservations.Count)
            return false;
        for (int i = 0; i < Reservations.Count; i++)
        {
            if (!Reservations[i].Equals(other.Reservations[i]))
                return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ResourceKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>A fixed order for output: by text.</summary>
    public int CompareTo(ResourceKey? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>For people: <c>disk(DYNAMIC a, DYNAMIC a/b ops)[volume v1]</c>.</summary>
    public override string ToString() => _text ??= Describe();

    private string Describe()
    {
        var text = new StringBuilder(Name.Text);
        if (Reservations.Count > 0)
        {
            text.Append('(').AppendJoin(", ", Reservations.Select(layer => layer.Kind.ToString().ToUpperInvariant() + " " + layer.Role
                + (layer.Principal is null ? "" : " " + layer.Principal) + (layer.Labels.Count == 0 ? "" : " " + layer.Labels)));
            text.Append(')');
        }
        if (Disk is { } disk)
        {
            var parts = new List<string>();
            if (disk.Source is { } source)
                parts.Add($"{source.Kind.ToString().ToUpperInvariant()} {source.Root ?? source.Id ?? source.Profile}".TrimEnd());
            if (disk.Persistence is { } persistence)
                parts.Add($"volume {persistence.Id}");
            text.Append('[').AppendJoin(", ", parts).Append(']');
        }
        if (ProviderId is not null)
            text.Append("{provider ").Append(ProviderId).Append('}');
        if (IsRevocable)
            text.Append("{revocable}");
        if (IsShared)
            text.Append("<shared>");
        if (Size > 0)
            text.Append('#').Append(FixedPoint.Format(Size));
        return text.ToString();
    }

    /// <summary>Equality of all that identifies.</summary>
    public static bool operator ==(ResourceKey? left, ResourceKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ResourceKey? left, ResourceKey? right) => !(left == right);

    /// <summary>Order by text.</summary>
    public static bool operator <(ResourceKey left, ResourceKey right) => left.CompareTo(right) < 0;

    /// <summary>Order by text.</summary>
    public static bool operator >(ResourceKey left, ResourceKey right) => left.CompareTo(right) > 0;

    /// <summary>Order by text.</summary>
    public static bool operator <=(ResourceKey left, ResourceKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order by text.</summary>
    public static bool operator >=(ResourceKey left, ResourceKey right) => left.CompareTo(right) >= 0;
}
