namespace ActorScheduler.Model;

/// <summary>
/// Works out what reservations and volume operations do to resources. Whether the consumed resources are there is for the
/// holder of the books to say; here is decided whether the operation makes sense at all.
/// </summary>
public static class Conversions
{
    /// <summary>The conversion of any operation but launches.</summary>
    /// <param name="operation">A reservation or volume operation.</param>
    /// <param name="role">Role of the offer that it is applied to; null for operators, who may reserve for any role.</param>
    public static Result<Conversion> Of(Operation operation, string? role) => CheckAmounts(operation) is { } problem ? problem : operation switch
    {
        Operation.Reserve reserve => OfReserve(reserve, role),
        Operation.Unreserve unreserve => OfUnreserve(unreserve),
        Operation.Create create => OfCreate(create),
        Operation.Destroy destroy => OfDestroy(destroy),
        Operation.GrowVolume grow => OfGrow(grow),
        Operation.ShrinkVolume shrink => OfShrink(shrink),
        _ => new Problem("type", "launches convert nothing"),
    };

    /// <summary>What is to be moved between reservations must be the same but for them: not revocable, no volume, the same ports.</summary>
    private static Problem? CheckMove(Resources source, Resources target)
    {
        const string Field = "reserve.source";
        if (!Bare(source).Equals(Bare(target)))
            return new Problem(Field, $"must be what is reserved, but for reservations: {source} is not {target}");
        foreach (Resource resource in source.Objects())
        {
            if (resource.Key.IsPersistentVolume)
                return new Problem(Field, $"'{resource}' is a persistent volume and cannot be moved");
        }
        IReadOnlyList<Resource> targets = [.. target.Objects()];
        foreach (Reservation layer in source.Objects().SelectMany(resource => resource.Key.Reservations))
        {
            if (layer.Kind == ReservationKind.Static && !targets.All(resource => resource.Key.Reservations.Contains(layer)))
                return new Problem(Field, $"what is statically reserved for '{layer.Role}' stays so");
        }
        foreach (Reservation layer in targets.SelectMany(resource => resource.Key.Reservations))
        {
            if (layer.Kind == ReservationKind.Static && !source.Objects().All(resource => resource.Key.Reservations.Contains(layer)))
                return new Problem("reserve.resources", $"static reservations ('{layer.Role}') are the agent's own");
        }
        return null;

        static Resources Bare(Resources resources) => Resources.From(resources.Objects().Select(static resource =>
            resource with { Key = resource.Key.WithReservations([]) }));
    }

    private static Result<Conversion> OfReserve(Operation.Reserve reserve, string? role)
    {
        const string Field = "reserve.resources";
        if (reserve.Resources.IsEmpty)
            return new Problem(Field, "must not be empty");
        foreach (Resource resource in reserve.Resources.Objects())
        {
            if (ResourceRules.Check(resource) is { } broken)
                return broken.Under(Field);
            if (!resource.Key.IsDynamicallyReserved)
                return new Problem(Field, $"'{resource}' is not dynamically reserved");
            if (resource.Key.IsRevocable)
                return new Problem(Field, $"'{resource}' is revocable and cannot be reserved");
            if (resource.Key.IsPersistentVolume)
                return new Problem(Field, $"'{resource}' is a persistent volume and cannot be reserved");
            if (role is not null && resource.Key.Role != role)
                return new Problem(Field, $"'{resource}' must be reserved for the offer's role '{role}'");
        }
        if (reserve.Source is null)
            return new Conversion(reserve.Resources.PopReservation(), reserve.Resources);
        if (CheckMove(reserve.Source, reserve.Resources) is { } mismatch)
            return mismatch;
        return new Conversion(reserve.Source, reserve.Resources);
    }

    private static Result<Conversion> OfUnreserve(Operation.Unreserve unreserve)
    {
        const string Field = "unreserve.resources";
        if (unreserve.Resources.IsEmpty)
            return new Problem(Field, "must not be empty");
        foreach (Resource resource in unreserve.Resources.Objects())
        {
            if (!resource.Key.IsDynamicallyReserved)
                return new Problem(Field, $"'{resource}' is not dynamically reserved");
            if (resource.Key.IsPersistentVolume)
                return new Problem(Field, $"'{resource}' is a persistent volume; destroy it first");
        }
        return new Conversion(unreserve.Resources, unreserve.Resources.PopReservation());
    }

    private static Result<Conversion> OfCreate(Operation.Create create)
    {
        const string Field = "create.volumes";
        if (create.Volumes.IsEmpty)
            return new Problem(Field, "must not be empty");
        var ids = new HashSet<(string Role, string Id)>();
        foreach (Resource volume in create.Volumes.Objects())
        {
            if (ResourceRules.Check(volume) is { } broken)
                return broken.Under(Field);
            if (!volume.Key.IsPersistentVolume)
                return new Problem(Field, $"'{volume}' is not a persistent volume");
            if (CheckPlace(volume.Key.Disk!.Volume!.ContainerPath) is { } badPlace)
                return badPlace.Under(Field);
            if (volume.Amount.Number != 1)
                return new Problem(Field, $"'{volume}' is given {volume.Amount.Number} times");
            if (!ids.Add((volume.Key.Role, volume.Key.Disk!.Persistence!.Id)))
                return new Problem(Field, $"role '{volume.Key.Role}' would have two volumes '{volume.Key.Disk.Persistence.Id}'");
        }
        return new Conversion(WithoutVolumes(create.Volumes), create.Volumes);
    }

    /// <summary>Where a new volume may be found by its tasks: nothing runs without what the kernel or the agent has in these places.</summary>
    private static Problem? CheckPlace(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToArray();
        bool isTaken = path.StartsWith('/')
            ? parts is [] or ["proc" or "sys" or "dev", ..]
            : parts is [] or ["stdout" or "stderr" or ".asched-logs", ..];
        return isTaken ? new Problem("disk.volume.container_path", $"'{path}' is in the place of something that tasks need") : null;
    }

    private static Result<Conversion> OfDestroy(Operation.Destroy destroy)
    {
        const string Field = "destroy.volumes";
        if (destroy.Volumes.IsEmpty)
            return new Problem(Field, "must not be empty");
        foreach (Resource volume in destroy.Volumes.Objects())
        {
            if (!volume.Key.IsPersistentVolume)
                return new Problem(Field, $"'{volume}' is not a persistent volume");
            if (CheckPlace(volume.Key.Disk!.Volume!.ContainerPath) is { } badPlace)
                return badPlace.Under(Field);
            if (volume.Amount.Number != 1)
                return new Problem(Field, $"'{volume}' is given {volume.Amount.Number} times");
        }
        return new Conversion(destroy.Volumes, WithoutVolumes(destroy.Volumes));
    }

    private static Result<Conversion> OfGrow(Operation.GrowVolume grow)
    {
        if (CheckResizable("grow_volume.volume", grow.Volume) is { } problem)
            return problem;
        if (!grow.Addition.Key.Equals(Diskless(grow.Volume.Key)))
            return new Problem("grow_volume.addition", $"'{grow.Addition}' must be plain disk of the volume's reservation and source");
        Resource larger = Resized(grow.Volume, grow.Volume.Key.Size + grow.Addition.Amount.Number);
        return new Conversion(Resources.From(grow.Volume, grow.Addition), Resources.From(larger));
    }

    private static Result<Conversion> OfShrink(Operation.ShrinkVolume shrink)
    {
        if (CheckResizable("shrink_volume.volume", shrink.Volume) is { } problem)
            return problem;
        if (shrink.SubtractMilli <= 0 || shrink.SubtractMilli >= shrink.Volume.Key.Size)
            return new Problem("shrink_volume.subtract", "must be more than 0 and less than the volume's size");
        Resource smaller = Resized(shrink.Volume, shrink.Volume.Key.Size - shrink.SubtractMilli);
        var freed = new Resource(Diskless(shrink.Volume.Key), new Amount(shrink.SubtractMilli));
        return new Conversion(Resources.From(shrink.Volume), Resources.From(smaller, freed));
    }

    private static Problem? CheckAmounts(Operation operation) => operation switch
    {
        Operation.Reserve reserve => reserve.Resources.CheckAmounts("reserve.resources") ?? reserve.Source?.CheckAmounts("reserve.source"),
        Operation.Unreserve unreserve => unreserve.Resources.CheckAmounts("unreserve.resources"),
        Operation.Create create => create.Volumes.CheckAmounts("create.volumes"),
        Operation.Destroy destroy => destroy.Volumes.CheckAmounts("destroy.volumes"),
        Operation.GrowVolume grow => Resources.From(grow.Volume).CheckAmounts("grow_volume.volume")
            ?? Resources.From(grow.Addition).CheckAmounts("grow_volume.addition"),
        Operation.ShrinkVolume shrink => Resources.From(shrink.Volume).CheckAmounts("shrink_volume.volume"),
        _ => null,
    };

    private static Problem? CheckResizable(string field, Resource volume)
    {
        if (!volume.Key.IsPersistentVolume || volume.Amount.Number != 1)
            return new Problem(field, $"'{volume}' is not one persistent volume");
        if (volume.Key.IsShared)
            return new Problem(field, "a shared volume cannot be resized");
        return volume.Key.Disk?.Source is { IsExclusive: true } ? new Problem(field, "its disk is given only as a whole") : null;
    }

    private static Resource Resized(Resource volume, long size) =>
        volume with { Key = volume.Key.WithDisk(volume.Key.Disk, volume.Key.IsShared, size) };

    private static ResourceKey Diskless(ResourceKey volume) => volume.WithDisk(
        volume.Disk?.Source is null ? null : new DiskInfo(volume.Disk.Source), isShared: false, volume.Size);

    private static Resources WithoutVolumes(Resources volumes) => Resources.From(volumes.Objects().Select(volume =>
    {
        ResourceKey key = Diskless(volume.Key);
        return new Resource(key, key.IsIndivisible ? new Amount(1) : new Amount(volume.Key.Size));
    }));
}
