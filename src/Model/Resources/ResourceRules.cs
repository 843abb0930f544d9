namespace ActorScheduler.Model;

/// <summary>What Mesos demands of a resource object that comes from outside.</summary>
public static class ResourceRules
{
    /// <summary>Most layers of reservation on one resource.</summary>
    public const int MaxReservationLayers = 32;

    private const ulong LastPort = 65_535;

    /// <summary>Says what is wrong with ranges of ports, or null: there is none beyond 65,535, and 0 is none.</summary>
    public static Problem? CheckPorts(ValueRanges? ports) =>
        ports is null || ports.IsEmpty || ports.Runs[0].Begin >= 1 && ports.Runs[^1].End <= LastPort
            ? null
            : new Problem("ports", $"must lie between 1 and {LastPort}, are {Shown(ports)}");

    /// <summary>Says what is wrong with a resource object, or null.</summary>
    public static Problem? Check(in Resource resource)
    {
        ResourceKey key = resource.Key;
        if (ResourceName.Check("name", key.Name.Text) is { } badName)
            return badName;
        if (CheckReservations(key) is { } badReservation)
            return badReservation;
        if (WellKnownKind(key.Name) is { } expected && expected != key.Kind)
            return new Problem("type", $"'{key.Name}' must be {expected.ToString().ToUpperInvariant()}");
        if (key.Name == ResourceName.Ports && CheckPorts(resource.Amount.Ranges) is { } badPort)
            return badPort;
        return key.Disk is null && !key.IsShared ? null : CheckDisk(key);
    }

    private static string Shown(ValueRanges ports) => $"{ports}" is { Length: > 100 } text ? text[..100] + "..." : $"{ports}";

    private static ValueKind? WellKnownKind(ResourceName name) =>
        name == ResourceName.Cpus || name == ResourceName.Mem || name == ResourceName.Disk || name == ResourceName.Gpus ? ValueKind.Scalar
        : name == ResourceName.Ports ? ValueKind.Ranges
        : null;

    private static Problem? CheckReservations(ResourceKey key)
    {
        if (key.Reservations.Count > MaxReservationLayers)
            return new Problem("reservations", $"must have at most {MaxReservationLayers} layers");
        for (int i = 0; i < key.Reservations.Count; i++)
        {
            Reservation layer = key.Reservations[i];
            if (RoleName.Check($"reservations[{i}].role", layer.Role) is { } badRole)
                return badRole;
            if (layer.Role == RoleName.Default)
                return new Problem($"reservations[{i}].role", "resources cannot be reserved for role '*'");
            if (layer.Kind == ReservationKind.Static && i > 0)
                return new Problem($"reservations[{i}].type", "only the first reservation can be STATIC");
            if (i > 0 && !RoleName.IsDescendant(layer.Role, key.Reservations[i - 1].Role))
                return new Problem($"reservations[{i}].role", $"'{layer.Role}' must lie below '{key.Reservations[i - 1].Role}', which it refines");
        }
        return key.IsRevocable && key.IsDynamicallyReserved
            ? new Problem("revocable", "a dynamically reserved resource cannot be revocable")
            : null;
    }

    private static Problem? CheckDisk(ResourceKey key)
    {
        if (key.Disk is not null && key.Name != ResourceName.Disk)
            return new Problem("disk", $"only 'disk' resources have it, not '{key.Name}'");
        if ((TextRules.CheckPath("disk.volume.container_path", key.Disk?.Volume?.ContainerPath)
            ?? TextRules.CheckPath("disk.volume.host_path", key.Disk?.Volume?.HostPath)) is { } badPath)
            return badPath;
        if (key.Disk?.Persistence is { } persistence)
        {
            if (IdRules.Check("disk.persistence.id", persistence.Id) is { } badId)
                return badId;
            if (key.IsUnreserved)
                return new Problem("disk.persistence", "a persistent volume can be created only from reserved disk");
            if (key.IsRevocable)
                return new Problem("revocable", "a persistent volume cannot be revocable");
            if (key.Disk.Volume is null)
                return new Problem("disk.volume", "a persistent volume needs it");
            if (key.Disk.Volume.HostPath is not null)
                return new Problem("disk.volume.host_path", "must not be set for a persistent volume");
            if (string.IsNullOrEmpty(key.Disk.Volume.ContainerPath))
                return new Problem("disk.volume.container_path", "must not be empty");
        }
        else if (key.IsShared)
        {
            return new Problem("shared", "only persistent volumes can be shared");
        }
        if (key.Disk?.Source is { Kind: DiskSourceKind.Path or DiskSourceKind.Mount, Root: "" })
            return new Problem("disk.source", "the root path must not be empty");
        return key.IsIndivisible && key.Size == 0 ? new Problem("scalar.value", "must be greater than 0") : null;
    }
}
