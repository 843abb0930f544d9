using System.Globalization;
using System.Text.Json;

namespace ActorScheduler.Model;

/// <summary>
/// Mesos's JSON form of resources, both ways. Two formats exist: before reservation refinement (<c>role</c> and
/// <c>reservation</c>) and after (<c>reservations</c>). Reading takes either; writing says which. Unknown fields are ignored,
/// numbers may come as strings, <c>null</c> means absent.
/// </summary>
public static class ResourceJson
{
    /// <summary>Most objects in one list.</summary>
    public const int MaxObjects = 100_000;

    /// <summary>Reads a list of resources (or a single object in its place, as Mesos does).</summary>
    public static Result<Resources> ReadAll(JsonElement json, string field = "resources")
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return Resources.Empty;
        if (json.ValueKind == JsonValueKind.Object)
            return Read(json).TryGet(out Resource one, out Problem? wrong) ? Resources.From(one) : wrong.Under(field);
        if (json.ValueKind != JsonValueKind.Array)
            return new Problem(field, "must be a list of resources");
        if (json.GetArrayLength() > MaxObjects)
            return new Problem(field, $"must have at most {MaxObjects} resources");
        var resources = new List<Resource>(json.GetArrayLength());
        foreach (JsonElement element in json.EnumerateArray())
        {
            if (!Read(element).TryGet(out Resource resource, out Problem? problem))
                return problem.Under($"{field}[{resources.Count}]");
            resources.Add(resource);
        }
        return Resources.From(resources);
    }

    /// <summary>Reads one resource object and checks it against <see cref="ResourceRules"/>.</summary>
    public static Result<Resource> Read(JsonElement json)
    {
        var at = new JsonReading(json);
        string? name = at.Text("name");
        if (name is null)
            return at.Problem ?? new Problem("name", "is required");
        if (ResourceName.Check("name", name) is { } badName)
            return badName;
        if (ReadReservations(at).TryGet(out IReadOnlyList<Reservation>? layers, out Problem? badLayers) is false)
            return badLayers;
        DiskInfo? disk = at.Object("disk") is { } diskJson ? ReadDisk(diskJson) : null;
        bool isRevocable = at.Object("revocable") is not null;
        bool isShared = at.Object("shared") is not null;
        string? provider = at.Object("provider_id")?.Text("value");
        ValueKind kind;
        Amount amount;
        switch (at.Text("type"))
        {
            case "SCALAR":
                kind = ValueKind.Scalar;
                if (at.Object("scalar")?.Number("value") is not { } number)
                    return at.Problem ?? new Problem("scalar.value", "is required");
                if (!FixedPoint.FromDouble(number, "scalar.value").TryGet(out long milli, out Problem? badNumber))
                    return badNumber;
                amount = new Amount(milli);
                break;
            case "RANGES":
                kind = ValueKind.Ranges;
                if (!ReadRanges(at.Object("ranges")).TryGet(out ValueRanges? ranges, out Problem? badRanges))
                    return badRanges;
                amount = new Amount(0, ranges);
                break;
            case "SET":
                kind = ValueKind.Set;
                if (at.Object("set") is not { } set)
                    return at.Problem ?? new Problem("set", "is required");
                amount = new Amount(0, null, ValueSet.Of(set.List("item").Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())));
                break;
            case null:
                return at.Problem ?? new Problem("type", "is required");
            case var other:
                return new Problem("type", $"'{other}' must be SCALAR, RANGES or SET");
        }
        if (at.Problem is { } problem)
            return problem;
        var key = new ResourceKey(ResourceName.Of(name), kind, layers, disk, isRevocable, isShared, provider, amount.Number);
        if (key.IsIndivisible && amount.Number > 0)
            amount = new Amount(1);
        var resource = new Resource(key, amount);
        return ResourceRules.Check(resource) is { } broken ? broken : resource;
    }

    /// <summary>Writes a list of resources.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="resources">What; shared resources once per copy held.</param>
    /// <param name="format">With <c>reservations</c> or with <c>role</c> and <c>reservation</c>.</param>
    /// <param name="allocationRole">When set, each object says <c>allocation_info.role</c>.</param>
    public static void WriteAll(Utf8JsonWriter writer, Resources resources, ReservationFormat format, string? allocationRole = null)
    {
        writer.WriteStartArray();
        foreach (Resource resource in resources.Objects())
        {
            long copies = resource.Key.IsIndivisible ? resource.Amount.Number : 1;
            for (long copy = 0; copy < copies; copy++)
                ResourceJsonWriting.Write(writer, resource, format, allocationRole);
        }
        writer.WriteEndArray();
    }

    private static Result<IReadOnlyList<Reservation>> ReadReservations(JsonReading at)
    {
        var layers = new List<Reservation>();
        string? role = at.Text("role");
        JsonReading? single = at.Object("reservation");
        foreach (JsonElement element in at.List("reservations"))
        {
            var layer = new JsonReading(element);
            string field = $"reservations[{layers.Count}]";
            ReservationKind kind;
            switch (layer.Text("type"))
            {
                case "STATIC": kind = ReservationKind.Static; break;
                case "DYNAMIC": kind = ReservationKind.Dynamic; break;
                default: return new Problem($"{field}.type", "must be STATIC or DYNAMIC");
            }
            if (layer.Text("role") is not { } layerRole)
                return layer.Problem?.Under(field) ?? new Problem($"{field}.role", "is required");
            layers.Add(new Reservation(kind, layerRole, layer.Text("principal"), ReadLabels(layer)));
            if (layer.Problem is { } problem)
                return problem.Under(field);
        }
        if (layers.Count > 0)
        {
            if (role is not null && role != RoleName.Default && role != layers[^1].Role)
                return new Problem("role", "must not be set beside 'reservations'");
            return single is not null && layers.Count > 1 ? new Problem("reservation", "must not be set beside 'reservations'") : layers;
        }
        if (role is not null && RoleName.Check("role", role) is { } badRole)
            return badRole;
        if (role is null or RoleName.Default)
            return single is not null ? new Problem("reservation", "role '*' cannot be dynamically reserved") : layers;
        layers.Add(single is null
            ? Reservation.Static(role)
            : new Reservation(ReservationKind.Dynamic, role, single.Text("principal"), ReadLabels(single)));
        return layers;
    }

    private static Labels ReadLabels(JsonReading at)
    {
        JsonReading? labels = at.Object("labels");
        return labels is null
            ? Labels.Empty
            : new Labels(labels.List("labels").Select(element => new JsonReading(element)).Select(label =>
                new Label(label.Text("key") ?? "", label.Text("value"))));
    }

    private static DiskInfo ReadDisk(JsonReading at)
    {
        JsonReading? persistence = at.Object("persistence");
        JsonReading? volume = at.Object("volume");
        JsonReading? source = at.Object("source");
        return new DiskInfo(
            source is null
                ? null
                : new DiskSource(
                    Enum.TryParse(source.Text("type"), ignoreCase: true, out DiskSourceKind kind) ? kind : DiskSourceKind.Unknown,
                    (source.Object("path") ?? source.Object("mount"))?.Text("root"), source.Text("id"), source.Text("profile"),
                    source.Text("vendor"), source.Object("metadata") is null ? null : ReadMetadata(source)),
            persistence is null ? null : new Persistence(persistence.Text("id") ?? "", persistence.Text("principal")),
            volume is null
                ? null
                : new Volume(
                    volume.Text("container_path") ?? "", volume.Text("mode") == "RO" ? VolumeMode.ReadOnly : VolumeMode.ReadWrite,
                    volume.Text("host_path")));
    }

    private static Labels ReadMetadata(JsonReading source) => new(source.Object("metadata")!.List("labels")
        .Select(element => new JsonReading(element)).Select(label => new Label(label.Text("key") ?? "", label.Text("value"))));

    private static Result<ValueRanges> ReadRanges(JsonReading? at)
    {
        if (at is null)
            return new Problem("ranges", "is required");
        var runs = new List<ValueRange>();
        foreach (JsonElement element in at.List("range"))
        {
            var run = new JsonReading(element);
            string field = string.Create(CultureInfo.InvariantCulture, $"ranges.range[{runs.Count}]");
            if (run.Whole("begin") is not { } begin || run.Whole("end") is not { } end)
                return run.Problem?.Under(field) ?? new Problem(field, "needs 'begin' and 'end'");
            if (end < begin)
                return new Problem(field, $"ends ({end}) before it begins ({begin})");
            if (runs.Count == ValueRanges.MaxRuns)
                return new Problem("ranges.range", $"must have at most {ValueRanges.MaxRuns} ranges");
            runs.Add(new ValueRange(begin, end));
        }
        return ValueRanges.Of([.. runs]);
    }
}
