namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Thousandths of the four well-known scalars, as fields 1 to 4 of resources and of quantities.</summary>
internal static class PlainAmounts
{
    public static void Write(WireWriter writer, long cpus, long mem, long disk, long gpus)
    {
        Write(writer, 1, cpus);
        Write(writer, 2, mem);
        Write(writer, 3, disk);
        Write(writer, 4, gpus);
    }

    private static void Write(WireWriter writer, int field, long amount)
    {
        if (amount != 0)
            writer.Int(field, amount);
    }
}
