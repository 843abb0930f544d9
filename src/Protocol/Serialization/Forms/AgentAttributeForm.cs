using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>An attribute: its name, and of text (2), thousandths (3) and runs of numbers (4) the one that it has.</summary>
internal static class AgentAttributeForm
{
    public static void Write(WireWriter writer, AgentAttribute value)
    {
        writer.Text(1, value.Name);
        switch (value.Kind)
        {
            case ValueKind.Scalar: writer.Int(3, value.ScalarMilli); break;
            case ValueKind.Ranges: ValueRangesForm.Write(writer, 4, value.Ranges!); break;
            default: writer.Text(2, value.Text!); break;
        }
    }

    public static AgentAttribute Read(ref WireReader reader)
    {
        string? name = null, text = null;
        long? scalar = null;
        ValueRanges? ranges = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: text = reader.Text(); break;
                case 3: scalar = reader.Int64(); break;
                case 4: ranges = ValueRangesForm.Read(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        if (name is null)
            throw WireReader.Missing("AgentAttribute.Name");
        return text is not null ? AgentAttribute.OfText(name, text)
            : scalar is { } milli ? AgentAttribute.OfScalar(name, milli)
            : ranges is not null ? AgentAttribute.OfRanges(name, ranges)
            : throw WireReader.Missing($"value of attribute {name}");
    }
}
