using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Runs of numbers: of each its first number and how far it goes beyond that.</summary>
internal static class ValueRangesForm
{
    /// <summary>Runs that lie on the stack: a task's few ports.</summary>
    private const int MostOnStack = 32;

    public static void Write(WireWriter writer, int field, ValueRanges value)
    {
        ReadOnlySpan<ValueRange> runs = value.Runs;
        Span<ulong> numbers = runs.Length <= MostOnStack ? stackalloc ulong[runs.Length * 2] : new ulong[runs.Length * 2];
        for (int i = 0; i < runs.Length; i++)
            (numbers[2 * i], numbers[2 * i + 1]) = (runs[i].Begin, runs[i].End - runs[i].Begin);
        writer.Packed(field, numbers);
    }

    public static ValueRanges Read(ref WireReader reader)
    {
        int outer = reader.EnterPacked(out int count);
        if (count % 2 != 0)
            throw new WireException("a run of numbers has no end");
        Span<ValueRange> runs = count / 2 <= MostOnStack ? stackalloc ValueRange[count / 2] : new ValueRange[count / 2];
        foreach (ref ValueRange run in runs)
        {
            ulong begin = reader.Varint();
            run = new ValueRange(begin, checked(begin + reader.Varint()));
        }
        reader.Leave(outer);
        return ValueRanges.Of(runs);
    }
}
