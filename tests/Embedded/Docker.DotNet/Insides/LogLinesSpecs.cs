using System.Buffers.Binary;
using System.Text;
using Docker.DotNet.Specs.Fake;

namespace Docker.DotNet.Specs;

public sealed class LogLinesSpecs
{
    [Fact]
    public async Task Lines_of_the_two_streams_are_put_together_each_for_itself() =>
        Assert.Equal(["error", "one", "two"], await LinesAsync((1, "on"), (2, "err"), (2, "or\n"), (1, "e\ntwo\n")));

    [Fact]
    public async Task What_has_no_end_of_line_is_reported_at_the_end() =>
        Assert.Equal(["one", "no end", "neither"], await LinesAsync((1, "one\nno end"), (2, "neither")));

    [Fact]
    public async Task Empty_lines_and_those_of_terminals_are_lines() =>
        Assert.Equal(["", "a", ""], await LinesAsync((1, "\na\r\n\n")));

    [Fact]
    public async Task Characters_cut_by_a_piece_stay_whole()
    {
        var bytes = Encoding.UTF8.GetBytes("ärger\n");
        var stream = new MemoryStream([.. Header(1, 1), bytes[0], .. Header(1, bytes.Length - 1), .. bytes[1..]]);

        Assert.Equal(["ärger"], await LinesAsync(stream));
    }

    [Fact]
    public async Task Output_without_any_end_of_line_is_reported_in_parts()
    {
        var lines = await LinesAsync([.. Enumerable.Repeat((1, new string('x', 10_000)), 30)]);

        Assert.Equal(300_000, lines.Sum(line => line.Length));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, LogLines.MaximumLineBytes + 16 * 1024));
    }

    private static Task<IReadOnlyList<string>> LinesAsync(params (int Stream, string Text)[] pieces) =>
        LinesAsync(new MemoryStream([.. pieces.SelectMany(
            piece => Header(piece.Stream, Encoding.UTF8.GetByteCount(piece.Text)).Concat(Encoding.UTF8.GetBytes(piece.Text)))]));

    private static async Task<IReadOnlyList<string>> LinesAsync(Stream stream)
    {
        using var output = new MultiplexedStream(stream, multiplexed: true);
        var heard = new Heard<string>();
        await LogLines.ReportAsync(output, heard, default);
        return heard.All;
    }

    private static byte[] Header(int stream, int length)
    {
        var header = new byte[8];
        header[0] = (byte)stream;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), length);
        return header;
    }
}
