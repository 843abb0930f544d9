using System.Text;

namespace Docker.DotNet.Specs;

public sealed class MultiplexedStreamSpecs
{
    private static readonly byte[] Both = [1, 0, 0, 0, 0, 0, 0, 3, .. "out"u8, 2, 0, 0, 0, 0, 0, 0, 3, .. "err"u8, 1, 0, 0, 0, 0,
        0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'!'];

    [Fact]
    public async Task Pieces_go_to_the_stream_that_their_header_names_and_empty_ones_are_no_end()
    {
        using var stream = new MultiplexedStream(new MemoryStream(Both), multiplexed: true);

        Assert.Equal(("out!", "err"), await stream.ReadOutputToEndAsync(default));
    }

    [Fact]
    public async Task A_small_buffer_gets_a_piece_in_parts_and_never_two_pieces_at_once()
    {
        using var stream = new MultiplexedStream(new MemoryStream(Both), multiplexed: true);
        var got = new List<string>();
        var buffer = new byte[2];
        MultiplexedStream.ReadResult read;
        while (!(read = await stream.ReadOutputAsync(buffer, 0, 2, default)).EOF) got.Add(
            $"{read.Target}:{Encoding.ASCII.GetString(buffer, 0, read.Count)}");

        Assert.Equal(["StandardOut:ou", "StandardOut:t", "StandardError:er", "StandardError:r", "StandardOut:!"], got);
    }

    [Fact]
    public async Task With_a_terminal_everything_is_standard_output()
    {
        using var stream = new MultiplexedStream(new MemoryStream("plain"u8.ToArray()), multiplexed: false);

        Assert.Equal(("plain", ""), await stream.ReadOutputToEndAsync(default));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task Output_cut_off_in_a_header_or_a_piece_is_an_error(int bytes)
    {
        using var stream = new MultiplexedStream(new MemoryStream(Both[..bytes]), multiplexed: true);

        await Assert.ThrowsAsync<EndOfStreamException>(() => stream.ReadOutputToEndAsync(default));
    }

    [Fact]
    public async Task Output_without_headers_where_they_are_expected_is_an_error()
    {
        using var stream = new MultiplexedStream(new MemoryStream("a terminal, after all"u8.ToArray()), multiplexed: true);

        await Assert.ThrowsAsync<InvalidDataException>(() => stream.ReadOutputToEndAsync(default));
    }

    [Fact]
    public async Task Logs_have_no_input()
    {
        using var stream = new MultiplexedStream(new MemoryStream([], writable: false), multiplexed: true);

        Assert.Throws<NotSupportedException>(stream.CloseWrite);
        await Assert.ThrowsAsync<NotSupportedException>(() => stream.WriteAsync([1], 0, 1, default));
    }
}
