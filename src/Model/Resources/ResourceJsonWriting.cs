using System.Text.Json;

namespace ActorScheduler.Model;

/// <summary>The writing half of <see cref="ResourceJson"/>.</summary>
internal static class ResourceJsonWriting
{
    public static void Write(Utf8JsonWriter writer, in Resource resource, ReservationFormat format, string? allocationRole)
    {
        ResourceKey key = resource.Key;
        writer.WriteStartObject();
        if (key.ProviderId is not null)
            WriteWrapped(writer, "provider_id", key.ProviderId);
        writer.WriteString("name", key.Name.Text);
        writer.WriteString("type", key.Kind.ToString().ToUpperInvariant());
        WriteValue(writer, resource);
        if (allocationRole is not null)
        {
            writer.WriteStartObject("allocation_info");
            writer.WriteString("role", allocationRole);
            writer.WriteEndObject();
        }
        if (format == ReservationFormat.PostRefinement)
            WriteLayers(writer, key);
        else
            WriteSingleLayer(writer, key);
        if (key.Disk is not null)
            WriteDisk(writer, key.Disk);
        if (key.IsRevocable)
            WriteEmpty(writer, "revocable");
        if (key.IsShared)
            WriteEmpty(writer, "shared");
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, in Resource resource)
    {
        switch (resource.Key.Kind)
        {
            case ValueKind.Ranges:
                writer.WriteStartObject("ranges");
                writer.WriteStartArray("range");
                foreach (ValueRange run in (resource.Amount.Ranges ?? ValueRanges.Empty).Runs)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("begin", run.Begin);
                    writer.WriteNumber("end", run.End);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case ValueKind.Set:
                writer.WriteStartObject("set");
                writer.WriteStartArray("item");
                foreach (string item in (resource.Amount.Set ?? ValueSet.Empty).Items)
                    writer.WriteStringValue(item);
                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                // Mesos writes doubles with a point; clients in typed languages tell 2.0 from 2.
                string number = FixedPoint.Format(resource.ScalarMilli);
                writer.WriteStartObject("scalar");
                writer.WritePropertyName("value");
                writer.WriteRawValue(number.Contains('.', StringComparison.Ordinal) ? number : number + ".0");
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteLayers(Utf8JsonWriter writer, ResourceKey key)
    {
        if (key.IsUnreserved)
            return;
        writer.WriteStartArray("reservations");
        foreach (Reservation layer in key.Reservations)
        {
            writer.WriteStartObject();
            writer.WriteString("type", layer.Kind == ReservationKind.Static ? "STATIC" : "DYNAMIC");
            writer.WriteString("role", layer.Role);
            WriteOwner(writer, layer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteSingleLayer(Utf8JsonWriter writer, ResourceKey key)
    {
        if (key.IsRefined)
            throw new InvalidOperationException($"{key} is refined; the format before refinement cannot say so.");
        writer.WriteString("role", key.Role);
        if (!key.IsDynamicallyReserved)
            return;
        writer.WriteStartObject("reservation");
        WriteOwner(writer, key.Reservations[0]);
        writer.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter writer, Reservation layer)
    {
        if (layer.Principal is not null)
            writer.WriteString("principal", layer.Principal);
        WriteLabels(writer, "labels", layer.Labels);
    }

    private static void WriteLabels(Utf8JsonWriter writer, string name, Labels labels)
    {
        if (labels.Count == 0)
            return;
        writer.WriteStartObject(name);
        writer.WriteStartArray("labels");
        foreach (Label label in labels)
        {
            writer.WriteStartObject();
            writer.WriteString("key", label.Key);
            if (label.Value is not null)
                writer.WriteString("value", label.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteDisk(Utf8JsonWriter writer, DiskInfo disk)
    {
        writer.WriteStartObject("disk");
        if (disk.Persistence is { } persistence)
        {
            writer.WriteStartObject("persistence");
            writer.WriteString("id", persistence.Id);
            if (persistence.Principal is not null)
                writer.WriteString("principal", persistence.Principal);
            writer.WriteEndObject();
        }
        if (disk.Volume is { } volume)
        {
            writer.WriteStartObject("volume");
            writer.WriteString("mode", volume.Mode == VolumeMode.ReadWrite ? "RW" : "RO");
            writer.WriteString("container_path", volume.ContainerPath);
            if (volume.HostPath is not null)
                writer.WriteString("host_path", volume.HostPath);
            writer.WriteEndObject();
        }
        if (disk.Source is { } source)
        {
            writer.WriteStartObject("source");
            writer.WriteString("type", source.Kind.ToString().ToUpperInvariant());
            if (source.Kind is DiskSourceKind.Path or DiskSourceKind.Mount)
            {
                writer.WriteStartObject(source.Kind == DiskSourceKind.Path ? "path" : "mount");
                if (source.Root is not null)
                    writer.WriteString("root", source.Root);
                writer.WriteEndObject();
            }
            if (source.Id is not null)
                writer.WriteString("id", source.Id);
            if (source.Metadata is not null)
                WriteLabels(writer, "metadata", source.Metadata);
            if (source.Profile is not null)
                writer.WriteString("profile", source.Profile);
            if (source.Vendor is not null)
                writer.WriteString("vendor", source.Vendor);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteWrapped(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteEndObject();
    }
}
