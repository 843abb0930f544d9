using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Messages on their way along a selection.</summary>
public class MessageContainerSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override int Identifier => 6;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj is not ActorSelectionMessage selection) throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]", nameof(obj));
        var writer = new WireWriter().Byte(selection.WildCardFanOut ? (byte)1 : (byte)0).Number(selection.Elements.Length);
        foreach (var element in selection.Elements)
        {
            switch (element)
            {
                case SelectParent:
                    writer.Byte(0);
                    break;
                case SelectChildName name:
                    writer.Byte(1).Text(name.Name);
                    break;
                case SelectChildPattern pattern:
                    writer.Byte(2).Text(pattern.PatternStr);
                    break;
                case SelectChildRecursive:
                    writer.Byte(3);
                    break;
            }
        }

        MessagePayload.Write(writer, system, selection.Message);
        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, Type type)
    {
        var reader = new WireReader(bytes);
        var fansOut = reader.Byte() == 1;
        var elements = new SelectionPathElement[Math.Clamp(reader.Int32(), 0, bytes.Length)];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = reader.Byte() switch
            {
                0 => SelectParent.Instance,
                1 => new SelectChildName(reader.Text()),
                2 => new SelectChildPattern(reader.Text()),
                3 => SelectChildRecursive.Instance,
                var other => throw new SerializationException($"Unknown element [{other}] of a selection"),
            };
        }

        return new ActorSelectionMessage(MessagePayload.Read(ref reader, system), elements, fansOut);
    }
}
