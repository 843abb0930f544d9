using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>A resource object with all that tells it from others. What is read keeps the rules for resources.</summary>
internal static class ResourceForm
{
    public static void Write(WireWriter writer, Resource value)
    {
        ResourceKey key = value.Key;
        ResourceIdentityForm.Write(writer, new ResourceIdentity(
            key.Name.Text, key.Kind, key.Reservations, key.Disk, key.IsRevocable, key.IsShared, key.ProviderId, key.Size, value.Amount.Number,
            value.Amount.Set?.Items.ToArray()));
        if (value.Amount.Ranges is { } ranges)
            ValueRangesForm.Write(writer, ResourceIdentity.Ranges, ranges);
    }

    public static Resource Read(ref WireReader reader)
    {
        WireReader ahead = reader;
        ResourceIdentity identity = ResourceIdentityForm.Read(ref reader);
        Resource resource = identity.Make(identity.Kind == ValueKind.Ranges ? ReadRanges(ref ahead) : null);
        return ResourceRules.Check(resource) is { } broken ? throw new WireException($"resource: {broken}") : resource;
    }

    private static ValueRanges ReadRanges(ref WireReader reader)
    {
        ValueRanges? ranges = null;
        while (reader.Next())
        {
            if (reader.Field == ResourceIdentity.Ranges)
                ranges = ValueRangesForm.Read(ref reader);
            else
                reader.Skip();
        }
        return ranges ?? throw WireReader.Missing("Resource.Ranges");
    }
}
