using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorScheduler.Model;

namespace ActorScheduler.Protocol.Serialization;

/// <summary>How many bytes values take in messages. Which values have a size stands in <see cref="ProtocolTable"/>.</summary>
public static class WireSize
{
    private static readonly ProtocolTable Table = new();

    /// <summary>
    /// Why a message cannot be sent: something is null that must not be. To be asked where a message is made of what others gave,
    /// since remoting only logs what cannot be written, and whoever waits for an answer waits for ever.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="bytes">What it takes, when it can be sent.</param>
    public static Problem? Problem(IProtocolMessage message, out int bytes)
    {
        bytes = 0;
        WireWriter writer = WireWriter.Take();
        try
        {
            Table.Write(writer, Table.IndexOf(message.GetType()), message);
            bytes = writer.Length;
            return null;
        }
        catch (WireException e)
        {
            return new Problem(e.Field, e.Reason);
        }
        // Values that are written by hand say what they miss in exceptions of their own.
        catch (Exception e) when (e is NullReferenceException or ArgumentException or InvalidOperationException or FormatException)
        {
            return new Problem("", $"{message.GetType().Name} cannot be written: {e.Message}");
        }
        finally
        {
            writer.GiveBack();
        }
    }

    /// <summary>A number that a message has in common with the same one sent again, and hardly with any other.</summary>
    public static long Digest(IProtocolMessage message)
    {
        WireWriter writer = WireWriter.Take();
        try
        {
            int index = Table.IndexOf(message.GetType());
            writer.Text(1, Table.Entries[index].Manifest);
            Table.Write(writer, index, message);
            return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(writer.ToArray()));
        }
        finally
        {
            writer.GiveBack();
        }
    }

    /// <summary>The bytes of a value that stands in a message.</summary>
    public static int Of<T>(T value)
        where T : class
    {
        WireWriter writer = WireWriter.Take();
        try
        {
            int begin = writer.Begin(1);
            ProtocolTable.WriteValue(writer, value);
            writer.End(begin);
            return writer.Length;
        }
        finally
        {
            writer.GiveBack();
        }
    }

    /// <summary>The bytes of values that stand in a message, without what the list itself takes.</summary>
    public static int OfAll<T>(IReadOnlyList<T> values)
        where T : class
    {
        int size = 0;
        for (int i = 0; i < values.Count; i++)
            size += Of(values[i]);
        return size;
    }
}
