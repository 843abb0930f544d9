using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization.Forms;

/// <summary>Labels: pairs of key and value in field 1; a value may be missing.</summary>
internal static class LabelsForm
{
    public static void Write(WireWriter writer, Labels value)
    {
        for (int i = 0; i < value.Count; i++)
        {
            int at = writer.Begin(1);
            LabelForm.Write(writer, value[i]);
            writer.End(at);
        }
    }

    public static Labels Read(ref WireReader reader)
    {
        List<Label>? labels = null;
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }
            int outer = reader.Enter();
            (labels ??= []).Add(LabelForm.Read(ref reader));
            reader.Leave(outer);
        }
        return labels is null ? Labels.Empty : new Labels(labels);
    }
}
