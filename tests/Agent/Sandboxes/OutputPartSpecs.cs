using System.Text;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers.Output;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>What a reader of output is given whose place is not kept any more.</summary>
public sealed class OutputPartSpecs : IDisposable
{
    private const int Kept = 8192;

    private readonly TestFolder _folder = new();

    // Lines of six bytes: the first that is kept whole begins at 8,196.
    private readonly string _text = string.Concat(Enumerable.Range(10_000, 3_000).Select(static i => $"{i}\n"));

    public OutputPartSpecs()
    {
        foreach (string name in new[] { "stdout", "other" })
        {
            using FileStream file = File.Create(Path.Combine(_folder.Path, name));
            file.Write(Encoding.ASCII.GetBytes(_text));
            file.Flush();
            Assert.Equal(0, StreamCalls.Punch((int)file.SafeFileHandle.DangerousGetHandle(), 0, Kept));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 8196)]
    [InlineData(8191, 8196)]
    [InlineData(8192, 8192)]
    [InlineData(10_001, 10_001)]
    [InlineData(-5, 17_995)]
    [InlineData(-17_000, 8196)]
    [InlineData(99_999, 18_000)]
    public void A_place_that_is_kept_is_given_and_another_one_becomes_the_next_line(long asked, int begin)
    {
        (long offset, ReadOnlyMemory<byte> data, long size, long first) = Read("./stdout", asked);

        Assert.Equal((begin, 18_000, Kept), (offset, size, first));
        Assert.Equal(_text[begin..Math.Min(begin + 4000, 18_000)], Encoding.ASCII.GetString(data.Span));
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut_where_the_kept_bytes_begin()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "stdout"), new string('x', 2_000_000));
        using (FileStream file = File.OpenWrite(Path.Combine(_folder.Path, "stdout")))
            Assert.Equal(0, StreamCalls.Punch((int)file.SafeFileHandle.DangerousGetHandle(), 0, Kept));

        Assert.Equal(Kept, Read("stdout", 0).Offset);
    }

    [Fact]
    public void Holes_of_other_files_are_zeros()
    {
        (long offset, ReadOnlyMemory<byte> data, _, long first) = Read("other", 0);

        Assert.Equal((0, 0, 4000), (offset, first, data.Length));
        Assert.True(data.Span.IndexOfAnyExcept((byte)0) < 0, "a hole is not read as zeros");
    }

    private (long Offset, ReadOnlyMemory<byte> Data, long Size, long First) Read(string path, long offset)
    {
        Assert.True(SandboxReader.Read(_folder.Path, path, offset, 4000).TryGet(out var part, out Problem? problem), $"{problem}");
        return part;
    }
}
