using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Writes and reads the records of a table. A manifest that is not known, and bytes that cannot be read, are errors that name the
/// manifest and the field: they are never treated as absent. So is a record that cannot be written.
/// </summary>
public abstract class WireSerializer : SerializerWithStringManifest
{
    private readonly WireTable _table;

    /// <summary>A serializer for a table.</summary>
    /// <param name="system">The system; it resolves references to actors.</param>
    /// <param name="identifier">Its number on the wire and in journals.</param>
    /// <param name="table">The types.</param>
    private protected WireSerializer(ExtendedActorSystem system, int identifier, WireTable table)
        : base(system)
    {
        Identifier = identifier;
        _table = table;
    }

    /// <inheritdoc/>
    public override int Identifier { get; }

    /// <inheritdoc/>
    public override string Manifest(object o) => _table.Entries[IndexOf(o)].Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        int index = IndexOf(obj);
        WireWriter writer = WireWriter.Take();
        try
        {
            _table.Write(writer, index, obj);
            return writer.ToArray();
        }
        catch (WireException e)
        {
            throw new SerializationException($"{Name(index)} cannot be written: {e.Message}", e);
        }
        finally
        {
            writer.GiveBack();
        }
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest)
    {
        int index = _table.IndexOf(manifest);
        if (index < 0)
            throw new SerializationException($"'{manifest}' is not known to {GetType().Name}; it may come from a newer version");
        try
        {
            var reader = new WireReader(bytes, system);
            return _table.Read(ref reader, index);
        }
        // Values check themselves, each with exceptions of its own; what a peer sends must never end more than its message.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new SerializationException($"{Name(index)} cannot be read: {e.Message}", e);
        }
    }

    private int IndexOf(object value) => _table.IndexOf(value.GetType()) is var index and >= 0
        ? index
        : throw new SerializationException($"{value.GetType()} is not known to {GetType().Name}");

    private string Name(int index) => $"'{_table.Entries[index].Manifest}' ({_table.Entries[index].Type.Name})";
}
