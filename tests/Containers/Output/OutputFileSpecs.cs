using System.IO.Pipes;
using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Output;
using ActorScheduler.Processes;
using Microsoft.Win32.SafeHandles;

namespace ActorScheduler.Containers.Specs.Output;

/// <summary>A stream's file: each byte once, in its place, and no more of the disk than its bound.</summary>
public sealed class OutputFileSpecs : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "stdout");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    public void Whatever_pieces_come_all_that_is_kept_is_exact_and_in_its_place(int seed, bool canSplice)
    {
        var random = new Random(seed);
        long bound = random.Next(20_000, 200_000);
        byte[] all = new byte[random.Next(500_000, 1_500_000)];
        random.NextBytes(all);
        using var pipe = new Pipe();
        OutputFile file = Open(bound, canSplice);
        for (int sent = 0, moved = 0; moved < all.Length;)
        {
            // What fits into a pipe.
            if (sent < all.Length && sent - moved < 4096)
            {
                int piece = Math.Min(random.Next(1, 40_000), all.Length - sent);
                pipe.Write(all.AsSpan(sent, piece));
                sent += piece;
            }
            (Movement what, long bytes) = file.MoveFrom(pipe.Reading, random.Next(1, 30_000), out _);
            Assert.Equal(sent > moved ? Movement.Moved : Movement.Nothing, what);
            moved += (int)bytes;
            // The process ends at any moment, and another one goes on.
            if (random.Next(20) == 0)
            {
                file.Dispose();
                file = Open(bound, canSplice);
                Assert.Equal(moved, file.End);
            }
            Assert.InRange(Allocated(), 0, bound + Step(bound) + 2 * 4096);
        }
        file.Dispose();

        byte[] kept = File.ReadAllBytes(Path);
        int first = (int)First();
        Assert.Equal(all.Length, kept.Length);
        Assert.InRange(kept.Length - first, bound, bound + Step(bound));
        Assert.True(all.AsSpan(first).SequenceEqual(kept.AsSpan(first)), "a byte is not the one that was written");
        Assert.True(kept.AsSpan(0, first).IndexOfAnyExcept((byte)0) < 0, "something is left of what was given back");
    }

    [Fact]
    public void The_end_is_told_when_nobody_can_write_any_more_and_all_is_read()
    {
        using var pipe = new Pipe();
        using OutputFile file = Open();
        pipe.Write("last"u8);
        pipe.CloseWriting();

        Assert.Equal((Movement.Moved, 4), file.MoveFrom(pipe.Reading, 100, out _));
        Assert.Equal((Movement.Ended, 0), file.MoveFrom(pipe.Reading, 100, out _));
    }

    [Fact]
    public void A_file_that_was_cut_keeps_the_places_of_what_comes()
    {
        using var pipe = new Pipe();
        using OutputFile file = Open();
        Move(file, pipe, "one\ntwo\n"u8);
        using (FileStream own = Own())
            own.SetLength(0);
        Move(file, pipe, "three\n"u8);

        Assert.Equal("\0\0\0\0\0\0\0\0three\n", File.ReadAllText(Path));
    }

    [Fact]
    public void A_length_without_bytes_is_taken_back_and_costs_nothing()
    {
        using var pipe = new Pipe();
        using OutputFile file = Open(bound: 1 << 20);
        Move(file, pipe, "one\n"u8);
        using (FileStream own = Own())
            own.SetLength(3L << 30);
        Move(file, pipe, "two\n"u8);

        Assert.Equal("one\ntwo\n", File.ReadAllText(Path));
        Assert.InRange(Allocated(), 0, 64 * 1024);
    }

    [Fact]
    public void What_the_task_itself_appends_is_part_of_its_output()
    {
        using var pipe = new Pipe();
        using OutputFile file = Open();
        Move(file, pipe, "one\n"u8);
        File.AppendAllText(Path, "own\n");
        Move(file, pipe, "two\n"u8);

        Assert.Equal("one\nown\ntwo\n", File.ReadAllText(Path));
    }

    [Fact]
    public void A_file_that_is_removed_or_replaced_harms_nobody_else()
    {
        using var pipe = new Pipe();
        using OutputFile file = Open();
        Move(file, pipe, "one\n"u8);
        string victim = System.IO.Path.Combine(_folder.Path, "victim");
        File.WriteAllText(victim, "well");
        File.Delete(Path);
        File.CreateSymbolicLink(Path, "victim");
        Move(file, pipe, "two\n"u8);
        using (OutputFile again = Open())
            Move(again, pipe, "three\n"u8);

        Assert.Equal("well", File.ReadAllText(victim));
        Assert.Equal("three\n", File.ReadAllText(Path));
        Assert.Null(new FileInfo(Path).LinkTarget);
    }

    [Fact]
    public void Another_name_of_a_file_is_not_written_to()
    {
        string victim = System.IO.Path.Combine(_folder.Path, "victim");
        File.WriteAllText(victim, "well");
        Assert.Equal(0, AtCalls.MakeName(AtCalls.CurrentFolder, FileName.Of(victim), AtCalls.CurrentFolder, FileName.Of(Path)));
        using var pipe = new Pipe();
        using OutputFile file = Open();
        Move(file, pipe, "one\n"u8);

        Assert.Equal("well", File.ReadAllText(victim));
        Assert.Equal("one\n", File.ReadAllText(Path));
    }

    [Fact]
    public async Task A_pipe_in_the_files_place_holds_nobody()
    {
        using System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [Path]);
        await made.WaitForExitAsync();
        using var pipe = new Pipe();
        using OutputFile file = await Task.Run(() => Open()).WaitAsync(TimeSpan.FromSeconds(60));
        Move(file, pipe, "one\n"u8);

        Assert.Equal("one\n", File.ReadAllText(Path));
        Assert.Empty(OutputFile.ReadTail(_folder.Path, "stderr", 100));
    }

    [Fact]
    public void A_folder_in_the_files_place_is_told()
    {
        Directory.CreateDirectory(Path);

        Assert.StartsWith("stdout: a folder is in its place", Assert.Throws<IOException>(() => Open()).Message);
    }

    [RootFact("only root mounts a small disk")]
    public async Task A_disk_that_is_full_leaves_the_bytes_where_they_are()
    {
        await using SmallDisk disk = await SmallDisk.Mount(1);
        using var pipe = new Pipe();
        using OutputFile file = OutputFile.Open(disk.Folder, "stdout", 100 << 20);
        byte[] all = new byte[3 << 20];
        new Random(7).NextBytes(all);
        int sent = 0, moved = 0, error = 0;
        while (error == 0)
        {
            pipe.Write(all.AsSpan(sent, 10_000));
            sent += 10_000;
            for (Movement what = Movement.Moved; what == Movement.Moved;)
            {
                (what, long bytes) = file.MoveFrom(pipe.Reading, 100_000, out error);
                moved += (int)bytes;
            }
        }
        Assert.Equal(StreamCalls.NoSpace, error);
        Assert.Equal(sent - moved, StreamCalls.Waiting(pipe.Reading));
        byte[] kept = await File.ReadAllBytesAsync(System.IO.Path.Combine(disk.Folder, "stdout"));
        Assert.True(all.AsSpan(0, moved).SequenceEqual(kept), "what is in the file is not what was written");
    }

    private OutputFile Open(long bound = 100_000, bool canSplice = true) => OutputFile.Open(_folder.Path, "stdout", bound, canSplice: canSplice);

    private FileStream Own() => new(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

    private static void Move(OutputFile file, Pipe pipe, ReadOnlySpan<byte> data)
    {
        pipe.Write(data);
        Assert.Equal((Movement.Moved, data.Length), file.MoveFrom(pipe.Reading, 1 << 20, out _));
    }

    // A step is an eighth of the bound, as a power of two.
    private static long Step(long bound) => Math.Clamp((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)bound / 8), 4096, OutputFile.LargestStep);

    private long First()
    {
        using SafeFileHandle file = File.OpenHandle(Path);
        return OutputFile.FirstKept((int)file.DangerousGetHandle(), RandomAccess.GetLength(file));
    }

    private long Allocated()
    {
        Assert.Equal(0, AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(Path), out FileFacts facts));
        return facts.Allocated;
    }

    private sealed class Pipe : IDisposable
    {
        private readonly AnonymousPipeServerStream _writing = new(PipeDirection.Out);
        private readonly SafePipeHandle _reading;

        public Pipe() => _reading = _writing.ClientSafePipeHandle;

        public int Reading => (int)_reading.DangerousGetHandle();

        public void Write(ReadOnlySpan<byte> data) => _writing.Write(data);

        public void CloseWriting() => _writing.Dispose();

        public void Dispose()
        {
            _writing.Dispose();
            _reading.Dispose();
        }
    }
}
