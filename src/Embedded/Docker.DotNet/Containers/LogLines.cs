#nullable enable
using System.Text;

namespace Docker.DotNet;

/// <summary>
/// Cuts output into lines, each stream on its own, since a piece of one may come between the halves of a line of the other.
/// A line longer than <see cref="MaximumLineBytes"/> is reported in parts, so that output without an end of line stays bounded.
/// </summary>
internal static class LogLines
{
    public const int MaximumLineBytes = 64 * 1024;

    public static async Task ReportAsync(
        MultiplexedStream output, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<MultiplexedStream.TargetStream, MemoryStream>();
        var buffer = new byte[16 * 1024];
        MultiplexedStream.ReadResult read;
        while (!(read = await output.ReadOutputAsync(buffer, 0, buffer.Length, cancellationToken)).EOF)
        {
            if (!lines.TryGetValue(read.Target, out var line)) lines[read.Target] = line = new MemoryStream();
            Cut(buffer.AsSpan(0, read.Count), line, progress);
        }

        foreach (var rest in lines.Values.Where(rest => rest.Length > 0)) Report(rest, progress);
    }

    private static void Cut(ReadOnlySpan<byte> piece, MemoryStream line, IProgress<string> progress)
    {
        int end;
        while ((end = piece.IndexOf((byte)'\n')) >= 0)
        {
            line.Write(piece[..end]);
            Report(line, progress);
            piece = piece[(end + 1)..];
        }

        line.Write(piece);
        if (line.Length >= MaximumLineBytes) Report(line, progress);
    }

    private static void Report(MemoryStream line, IProgress<string> progress)
    {
        var length = (int)line.Length;
        var bytes = line.GetBuffer().AsSpan(0, length);
        if (bytes is [.., (byte)'\r']) bytes = bytes[..^1];
        var text = Encoding.UTF8.GetString(bytes);
        line.SetLength(0);
        progress.Report(text);
    }
}
