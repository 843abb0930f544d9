using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Persistence.Sql.Db;

namespace Akka.Persistence.Sql.Serialization;

/// <summary>
/// Turns objects into bytes and back. A checksum (CRC-32C) over the bytes and what they belong to goes with them, so
/// that a record the disk has changed is noticed and never taken for another one.
/// </summary>
internal sealed class RecordFormat(ExtendedActorSystem system, string? defaultSerializer)
{
    private const int ChecksumLength = 4;

    /// <param name="persistenceId">Whose.</param>
    /// <param name="sequenceNr">Which.</param>
    /// <param name="payload">What.</param>
    /// <param name="beside">The other columns, so that the checksum covers them too.</param>
    internal (byte[] Bytes, int SerializerId, string Manifest) Write(string persistenceId, long sequenceNr, object payload, string beside)
    {
        var serializer = system.Serialization.FindSerializerFor(payload, defaultSerializer);
        var bytes = Akka.Serialization.Serialization.WithTransport(system, (serializer, payload), static state => state.serializer.ToBinary(state.payload));
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, payload);
        var sealedBytes = new byte[bytes.Length + ChecksumLength];
        bytes.CopyTo(sealedBytes, 0);
        var checksum = Checksum(persistenceId, sequenceNr, serializer.Identifier, manifest, beside, bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(sealedBytes.AsSpan(bytes.Length), checksum);
        return (sealedBytes, serializer.Identifier, manifest);
    }

    /// <exception cref="SqlStoreException">It cannot be read; the message names persistence id and sequence number.</exception>
    internal object Read(string kind, string persistenceId, long sequenceNr, byte[] sealedBytes, int serializerId, string manifest, string beside)
    {
        if (sealedBytes.Length < ChecksumLength) throw Unreadable("it is cut short");
        var bytes = sealedBytes.AsSpan(0, sealedBytes.Length - ChecksumLength);
        var expected = BinaryPrimitives.ReadUInt32LittleEndian(sealedBytes.AsSpan(bytes.Length));
        if (Checksum(persistenceId, sequenceNr, serializerId, manifest, beside, bytes) != expected) throw Unreadable("its checksum is wrong");
        try
        {
            return system.Serialization.Deserialize(bytes.ToArray(), serializerId, manifest);
        }
        catch (Exception cause)
        {
            throw Unreadable($"serializer [{serializerId}] with manifest [{manifest}] says: {cause.Message}", cause);
        }

        SqlStoreException Unreadable(string why, Exception? cause = null) => new(
            $"The {kind} with sequence number [{sequenceNr}] of persistence id [{persistenceId}] cannot be read: {why}", cause);
    }

    private static uint Checksum(string persistenceId, long sequenceNr, int serializerId, string manifest, string beside, ReadOnlySpan<byte> bytes)
    {
        var crc = Add(~0u, bytes);
        crc = Add(crc, MemoryMarshal.AsBytes(persistenceId.AsSpan()));
        crc = Add(crc, MemoryMarshal.AsBytes(manifest.AsSpan()));
        crc = Add(crc, MemoryMarshal.AsBytes(beside.AsSpan()));
        crc = BitOperations.Crc32C(crc, (ulong)sequenceNr);
        return ~BitOperations.Crc32C(crc, (uint)serializerId);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
