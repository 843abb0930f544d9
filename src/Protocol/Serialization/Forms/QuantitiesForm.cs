using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Quantities: thousandths, the four well-known names by number, others as pairs in field 5.</summary>
internal static class QuantitiesForm
{
    public static void Write(WireWriter writer, Quantities value)
    {
        PlainAmounts.Write(writer, value.Cpus, value.Mem, value.Disk, value.Gpus);
        foreach ((ResourceName name, long amount) in value.Others)
        {
            int at = writer.Begin(5);
            writer.Text(1, name.Text);
            writer.Int(2, amount);
            writer.End(at);
        }
    }

    public static Quantities Read(ref WireReader reader)
    {
        long cpus = 0, mem = 0, disk = 0, gpus = 0;
        List<KeyValuePair<ResourceName, long>>? others = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: cpus = reader.Int64(); break;
                case 2: mem = reader.Int64(); break;
                case 3: disk = reader.Int64(); break;
                case 4: gpus = reader.Int64(); break;
                case 5: (others ??= []).Add(ReadOther(ref reader)); break;
                default: reader.Skip(); break;
            }
        }
        return Quantities.OfMilli(cpus, mem, disk, gpus, others);
    }

    private static KeyValuePair<ResourceName, long> ReadOther(ref WireReader reader)
    {
        string? name = null;
        long amount = 0;
        int outer = reader.Enter();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: amount = reader.Int64(); break;
                default: reader.Skip(); break;
            }
        }
        reader.Leave(outer);
        return new(ResourceName.Of(name ?? throw WireReader.Missing("name of a quantity")), amount);
    }
}
