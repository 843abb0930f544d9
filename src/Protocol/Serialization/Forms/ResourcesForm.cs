using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Resources: thousandths of what most agents have only, ports as runs, and the other objects in field 6.</summary>
internal static class ResourcesForm
{
    public static void Write(WireWriter writer, Resources value)
    {
        PlainAmounts.Write(writer, value.PlainCpus, value.PlainMem, value.PlainDisk, value.PlainGpus);
        if (!value.PlainPorts.IsEmpty)
            ValueRangesForm.Write(writer, 5, value.PlainPorts);
        if (value.ObjectCount == 0)
            return;
        foreach (Resource resource in value.Where(static _ => true, withPlain: false).Objects())
        {
            int at = writer.Begin(6);
            ResourceForm.Write(writer, resource);
            writer.End(at);
        }
    }

    public static Resources Read(ref WireReader reader)
    {
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        ValueRanges? ports = null;
        List<Resource>? others = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: cpus = reader.Int64(); break;
                case 2: mem = reader.Int64(); break;
                case 3: disk = reader.Int64(); break;
                case 4: gpus = reader.Int64(); break;
                case 5: ports = ValueRangesForm.Read(ref reader); break;
                case 6:
                    int outer = reader.Enter();
                    (others ??= []).Add(ResourceForm.Read(ref reader));
                    reader.Leave(outer);
                    break;
                default: reader.Skip(); break;
            }
        }
        var plain = Resources.OfMilli(cpus, mem, disk, gpus, ports);
        return others is null ? plain : plain.Add(Resources.From(others));
    }
}
