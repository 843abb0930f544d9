#nullable enable
using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Docker.DotNet.Serialization;

/// <summary>
/// Reads one JSON value after another from a stream, each as soon as its last byte is there. Nothing, white space or line
/// ends may stand between them: engines differ. A value may have <see cref="MaximumValueBytes"/> bytes.
/// </summary>
internal static class JsonValues
{
    public const int MaximumValueBytes = 16 * 1024 * 1024;

    /// <exception cref="JsonException">What came is no JSON, ended in the middle of a value, or is too long a value.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (TryTake<T>(ref buffer, read.IsCompleted, out var value)) yield return value;
                if (read.IsCompleted) yield break;
                if (buffer.Length > MaximumValueBytes)
                    throw new JsonException($"A value has more than {MaximumValueBytes} bytes.");
                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool TryTake<T>(ref ReadOnlySequence<byte> buffer, bool final, out T value)
    {
        value = default!;
        buffer = SkipSpace(buffer);
        if (buffer.IsEmpty) return false;
        var reader = new Utf8JsonReader(buffer, final, default);
        if (!reader.Read() || !reader.TrySkip()) return false;
        var one = buffer.Slice(0, reader.BytesConsumed);
        buffer = buffer.Slice(reader.BytesConsumed);
        var parser = new Utf8JsonReader(one);
        value = JsonSerializer.Deserialize<T>(ref parser, EngineJson.Options)
            ?? throw new JsonException("A null stands where a message was expected.");
        return true;
    }

    private static ReadOnlySequence<byte> SkipSpace(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny(" \r\n\t"u8);
        return buffer.Slice(reader.Position);
    }
}
