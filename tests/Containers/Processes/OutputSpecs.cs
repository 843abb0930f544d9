using System.Globalization;
using System.Security.Cryptography;
using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Containers.Processes.Host;
using ActorScheduler.Processes;

namespace ActorScheduler.Containers.Specs.Processes;

/// <summary>What a process writes is in its files when it has ended: whole, in order, exact, whatever became of the agent.</summary>
public sealed class OutputSpecs : RealProcessSpecs
{
    private const string LineHash = "2b5e054aa4683eaacb357fd203cacfd32373c23269c36ee0ff47ccf3e13bbb48";

    [Fact]
    public async Task A_command_that_writes_as_fast_as_it_can_loses_nothing()
    {
        (ContainerEnd end, _, _) = await Complete("exec seq 8000000");

        Assert.Equal(new ContainerEnd(0), end);
        Assert.Equal(LineHash, await HashOf(Last, "stdout"));
    }

    [Fact]
    public async Task What_is_written_to_the_streams_by_their_paths_is_added_and_nothing_before_it_is_erased()
    {
        (_, string output, string error) = await Complete("echo one; echo two >&2; echo three > /dev/stdout; echo four > /dev/stderr; echo five >> /dev/stdout");

        Assert.Equal("one\nthree\nfive\n", output);
        Assert.Equal("two\nfour\n", error);
    }

    [RootFact("only root runs tasks as other users")]
    public async Task Another_user_may_open_its_streams_by_their_paths_too()
    {
        (ContainerEnd end, string output, string error) = await Complete(Order(new Model.CommandInfo("echo one > /dev/stdout && echo two > /dev/stderr", User: "nobody")));

        Assert.Equal((new ContainerEnd(0), "one\n", "two\n"), (end, output, error));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Bytes_are_exact_through_any_restarts_of_the_agent(int seed)
    {
        var random = new Random(seed);
        byte[] all = new byte[4 << 20];
        random.NextBytes(all);
        ContainerOrder order = Order("head -c 100000 data; i=0; while [ $i -lt 20 ]; do dd if=data bs=4099 skip=$((i * 50)) count=50 2>/dev/null; i=$((i+1)); done; cat data >&2; exit 3");
        await File.WriteAllBytesAsync(Path.Combine(order.Sandbox!, "data"), all);
        await Processes.Start(order, Soon);
        await Until("it has begun", () => Length(order, "stdout") > 0);
        for (int restarts = random.Next(3, 8); restarts > 0; restarts--)
        {
            long before = Length(order, "stdout") + Length(order, "stderr");
            await Restart();
            Task<ContainerEnd> ended = Processes.WhenEnded(order.RunId, Soon);
            await Until("it has written more or ended", () => ended.IsCompleted || Length(order, "stdout") + Length(order, "stderr") > before);
        }

        Assert.Equal(new ContainerEnd(3), await Processes.WhenEnded(order.RunId, Soon));
        byte[] output = await File.ReadAllBytesAsync(Path.Combine(order.Sandbox!, "stdout"));
        byte[] errors = await File.ReadAllBytesAsync(Path.Combine(order.Sandbox!, "stderr"));
        Assert.True(output.AsSpan().SequenceEqual([.. all.AsSpan(0, 100_000), .. all.AsSpan(0, 20 * 50 * 4099)]), "its output is not what it wrote");
        Assert.True(all.AsSpan().SequenceEqual(errors), "its errors are not what it wrote");
    }

    [Fact]
    public async Task What_a_command_wrote_last_while_there_was_no_agent_is_not_lost()
    {
        ContainerOrder order = await Up("echo up; while [ ! -e go ]; do sleep 0.02; done; seq 5000; echo why >&2; exit 6");
        await Restart(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
            await Until("it has ended", () => File.ReadAllText(Path.Combine(State, order.RunId, "end")).Contains("end 6", StringComparison.Ordinal));
            Assert.Equal("up\n", Read(order, "stdout"));
        });

        Assert.Equal(new ContainerState.Ended(new ContainerEnd(6)), await Processes.Inspect(order.RunId, Soon));
        Assert.Equal("up\n" + Lines(5000), Read(order, "stdout"));
        Assert.Equal("why\n", Read(order, "stderr"));
        await Until("its supervisor has ended", () => ProcessesWith(Path.Combine(State, order.RunId, "end")).Length == 0);
    }

    [Fact]
    public async Task A_command_whose_agent_is_away_waits_when_its_pipe_is_full_and_goes_on()
    {
        ContainerOrder order = await Up("echo up; while [ ! -e go ]; do sleep 0.02; done; seq 1000000; echo done > mark");
        await Restart(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
            int[] writers = [];
            await Until("it waits for its pipe", () => (writers = ProcessesWith("seq 1000000")).Any(process => Kernel.ReadFile($"/proc/{process}/wchan").Contains("pipe", StringComparison.Ordinal)));
        });
        bool hadEnded = File.Exists(Path.Combine(order.Sandbox!, "mark"));

        Assert.Equal(new ContainerEnd(0), await Processes.WhenEnded(order.RunId, Soon));
        Assert.False(hadEnded);
        Assert.Equal("up\n" + Lines(1_000_000), Read(order, "stdout"));
    }

    [Fact]
    public async Task The_disk_holds_no_more_than_the_bound_and_a_step_at_any_speed()
    {
        const long bound = 4 << 20;
        await using ProcessContainerizer small = New(Settings with { LogSize = bound });
        // 300 MB of which each byte says where it stands.
        ContainerOrder order = Order("exec seq -f %099.0f 3000000");
        await small.Start(order, Soon);
        Task<ContainerEnd> ended = small.WhenEnded(order.RunId, Soon);
        long most = 0;
        await Until("it has ended", () =>
        {
            most = Math.Max(most, Facts(order).Allocated);
            return ended.IsCompleted;
        });

        Assert.Equal(300_000_000, Facts(order).Size);
        // Of what is on its way one block of the file system is rounded up.
        Assert.InRange(most, 1 << 20, bound + (512 << 10) + (1 << 20) + 4096);
        using var file = new FileStream(Path.Combine(order.Sandbox!, "stdout"), FileMode.Open, FileAccess.Read);
        file.Seek(-bound, SeekOrigin.End);
        byte[] kept = new byte[bound];
        await file.ReadExactlyAsync(kept);
        string expected = string.Concat(Enumerable.Range(3_000_000 - 41_944, 41_945).Select(static i => i.ToString("D99", CultureInfo.InvariantCulture) + "\n"))[^(int)bound..];
        Assert.True(expected == System.Text.Encoding.ASCII.GetString(kept), "what is kept is not the end of what was written");
        await small.Remove(order.RunId, Soon);
    }

    [Fact]
    public async Task A_task_that_makes_its_file_longer_by_path_costs_nobody_a_disk()
    {
        (ContainerEnd end, string output, _) = await Complete("echo one; truncate -s 3G stdout; echo two");

        Assert.Equal((0, "one\ntwo\n"), (end.ExitCode, output));
        Assert.InRange(Facts(Last).Allocated, 0, 64 * 1024);
    }

    [Fact]
    public async Task A_task_without_its_sandbox_goes_on_and_its_end_says_what_is_missing()
    {
        ContainerOrder order = await Up(
            "echo up; while [ ! -e \"$PWD/now\" ]; do sleep 0.02; done; rm -r \"$PWD\"; while [ ! -e /tmp/go-$ACTORSCHEDULER_RUN_ID ]; do sleep 0.02; done; seq 100000; exit 2");
        string go = $"/tmp/go-{order.RunId}";
        // Not before somebody has seen that it is up.
        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "now"), "");
        await Until("it has removed its sandbox", () => !Directory.Exists(order.Sandbox!));
        await Restart(() => File.WriteAllTextAsync(go, ""));

        ContainerEnd end = await Processes.WhenEnded(order.RunId, Soon);
        File.Delete(go);

        Assert.Equal(2, end.ExitCode);
        Assert.Equal($"{Lines(100_000).Length} bytes of its output are not kept: its sandbox is gone", end.Message);
    }

    [RootFact("only root mounts a small disk")]
    public async Task On_a_full_disk_a_command_waits_and_goes_on_when_there_is_room()
    {
        await using SmallDisk disk = await SmallDisk.Mount(8);
        ContainerOrder order = Order("seq 1000000") with { Sandbox = Directory.CreateDirectory(Path.Combine(disk.Folder, "sandbox")).FullName };
        disk.Fill();
        await Processes.Start(order, Soon);
        await Until("somebody was told", () => Told.Exists(static text => text.Contains("cannot be written now (No space left on device)", StringComparison.Ordinal)));
        disk.Free();

        Assert.Equal(new ContainerEnd(0), await Processes.WhenEnded(order.RunId, Soon));
        Assert.Equal(Lines(1_000_000), Read(order, "stdout"));
    }

    [RootFact("only root mounts a small disk")]
    public async Task On_a_disk_that_stays_full_the_end_says_how_many_bytes_are_missing()
    {
        await using SmallDisk disk = await SmallDisk.Mount(8);
        ContainerOrder order = Order("seq 10000") with { Sandbox = Directory.CreateDirectory(Path.Combine(disk.Folder, "sandbox")).FullName };
        disk.Fill();
        await Processes.Start(order, Soon);

        Assert.Equal(
            new ContainerEnd(0, Message: $"{Lines(10_000).Length} bytes of its output are not kept: No space left on device"), await Processes.WhenEnded(order.RunId, Soon));
    }

    [Fact]
    public async Task Somebody_who_escaped_and_writes_for_ever_does_not_hold_the_end_back()
    {
        // Without control groups one that changes its session and its environment is not found.
        await using ProcessContainerizer plain = New(Settings with { UsesControlGroups = false });
        string mark = Unique();
        ContainerOrder order = Order($"env -u {RunFacts.Marker} setsid sh -c 'while true; do echo {mark}; done' & sleep 0.2; exit 4");
        await plain.Start(order, Soon);
        ContainerEnd end = await plain.WhenEnded(order.RunId, Soon);
        foreach (int process in ProcessesWith($"echo {mark}"))
            Kill(process);

        Assert.Equal(4, end.ExitCode);
        await plain.Remove(order.RunId, Soon);
    }

    private ContainerOrder? _last;

    private ContainerOrder Last => _last!;

    private async Task<(ContainerEnd End, string Output, string Error)> Complete(string script)
    {
        _last = Order(script);
        await Processes.Start(_last, Soon);
        ContainerEnd end = await Processes.WhenEnded(_last.RunId, Soon);
        return Length(_last, "stdout") > 1 << 20 ? (end, "", "") : (end, Read(_last, "stdout"), Read(_last, "stderr"));
    }

    private static string Lines(int last) => string.Concat(Enumerable.Range(1, last).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i}\n")));

    private static long Length(ContainerOrder order, string file) => new FileInfo(Path.Combine(order.Sandbox!, file)) is { Exists: true } found ? found.Length : 0;

    private static FileFacts Facts(ContainerOrder order)
    {
        Assert.Equal(0, AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(Path.Combine(order.Sandbox!, "stdout")), out FileFacts facts));
        return facts;
    }

    private static async Task<string> HashOf(ContainerOrder order, string file)
    {
        await using FileStream stream = File.OpenRead(Path.Combine(order.Sandbox!, file));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream));
    }
}
