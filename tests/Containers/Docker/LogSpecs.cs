using ActorScheduler.Containers.Docker;

namespace ActorScheduler.Containers.Specs.Docker;

public sealed class LogSpecs : RealDockerSpecs
{
    protected override DockerSettings Settings => base.Settings with { LogSize = 50_000 };

    [DockerFact]
    public async Task Lines_are_written_once_each_through_restarts_of_the_agent()
    {
        ContainerOrder order = Order("i=0; while [ $i -lt 400 ]; do echo line $i; echo error $i >&2; i=$((i+1)); [ $((i % 10)) = 0 ] && sleep 0.05; done");
        await Docker.Start(order, Soon);
        Task ended = Docker.WhenEnded(order.RunId, Soon);
        for (int restarts = 0; restarts < 4; restarts++)
        {
            string before = Read(order, "stdout");
            await Until("there is more output, or it has ended", () => Task.FromResult(ended.IsCompleted || Read(order, "stdout").Length > before.Length));
            await Restart();
            ended = Docker.WhenEnded(order.RunId, Soon);
        }

        Assert.Equal(0, (await Docker.WhenEnded(order.RunId, Soon)).ExitCode);
        Assert.Equal(string.Concat(Enumerable.Range(0, 400).Select(static i => $"line {i}\n")), Read(order, "stdout"));
        Assert.Equal(string.Concat(Enumerable.Range(0, 400).Select(static i => $"error {i}\n")), Read(order, "stderr"));
    }

    [DockerFact]
    public async Task What_came_while_there_was_no_agent_is_added_once()
    {
        ContainerOrder order = Order("echo one; sleep 1.5; echo two; echo three; sleep 1.5; echo four; while [ ! -e /mnt/mesos/sandbox/go ]; do sleep 0.1; done; echo five");
        await Docker.Start(order, Soon);
        await Until("the first line is written", () => Task.FromResult(Read(order, "stdout") == "one\n"));
        await Restart(() => Until("there is more in its log", () => Task.FromResult(Logged(order).EndsWith("three\n", StringComparison.Ordinal))));
        _ = Docker.WhenEnded(order.RunId, Soon);
        await Until("it is followed", () => Task.FromResult(Read(order, "stdout") == "one\ntwo\nthree\nfour\n"));
        await Restart(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
            await Until("it has ended", () => Task.FromResult(Logged(order).EndsWith("five\n", StringComparison.Ordinal)));
        });

        await Docker.WhenEnded(order.RunId, Soon);

        Assert.Equal("one\ntwo\nthree\nfour\nfive\n", Read(order, "stdout"));
    }

    [DockerFact]
    public async Task Bytes_that_are_no_text_come_as_they_are_also_those_of_a_restart()
    {
        byte[] all = new byte[30_000];
        new Random(5).NextBytes(all);
        ContainerOrder order = Order("cd /mnt/mesos/sandbox; head -c 10000 data; while [ ! -e go ]; do sleep 0.1; done; tail -c +10001 data; cat data >&2");
        await File.WriteAllBytesAsync(Path.Combine(order.Sandbox!, "data"), all);
        await Docker.Start(order, Soon);
        await Until("the first part is written", () => Task.FromResult(new FileInfo(Path.Combine(order.Sandbox!, "stdout")).Length == 10_000));
        await Restart(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
            await Until("it has ended", () => Task.FromResult(Ran("inspect", "--format", "{{.State.Running}}", $"asched-{order.RunId}") == "false\n"));
        });
        await Docker.WhenEnded(order.RunId, Soon);

        Assert.True(all.AsSpan().SequenceEqual(Bytes(order, "stdout")), "its output is not what it wrote");
        Assert.True(all.AsSpan().SequenceEqual(Bytes(order, "stderr")), "its errors are not what it wrote");
    }

    [DockerFact]
    public async Task A_million_lines_come_each_once_and_in_order()
    {
        await using var large = new DockerContainerizer(base.Settings, TimeProvider.System);
        ContainerOrder order = Order("exec seq 1000000");
        await large.Start(order, Soon);
        await large.WhenEnded(order.RunId, Soon);

        Assert.Equal(Lines(1, 1_000_000), Read(order, "stdout"));
        await large.Remove(order.RunId, Soon);
    }

    [DockerFact]
    public async Task Output_that_goes_on_through_restarts_of_the_agent_has_no_seam()
    {
        ContainerOrder order = Order("i=0; while [ $i -lt 40 ]; do seq $((i * 1000 + 1)) $((i * 1000 + 1000)); sleep 0.05; i=$((i+1)); done");
        await using (var first = new DockerContainerizer(base.Settings, TimeProvider.System))
            await first.Start(order, Soon);
        for (int restarts = 0; restarts < 3; restarts++)
        {
            long before = Bytes(order, "stdout").Length;
            await using var next = new DockerContainerizer(base.Settings, TimeProvider.System);
            Task ended = next.WhenEnded(order.RunId, Soon);
            await Until("more is written, or it has ended", () => Task.FromResult(ended.IsCompleted || Bytes(order, "stdout").Length > before));
        }
        await using var last = new DockerContainerizer(base.Settings, TimeProvider.System);
        await last.WhenEnded(order.RunId, Soon);

        Assert.Equal(Lines(1, 40_000), Read(order, "stdout"));
    }

    [DockerFact]
    public async Task What_the_engine_has_not_kept_is_told_in_its_place()
    {
        await using var first = new DockerContainerizer(Settings with { EngineLogSize = 50_000 }, TimeProvider.System);
        ContainerOrder order = Order("echo one; while [ ! -e /mnt/mesos/sandbox/go ]; do sleep 0.1; done; seq 100001 105000");
        await first.Start(order, Soon);
        await Until("the first line is written", () => Task.FromResult(Read(order, "stdout") == "one\n"));
        await first.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "go"), "");
        await Until("it has ended", () => Task.FromResult(Ran("inspect", "--format", "{{.State.Running}}", $"asched-{order.RunId}") == "false\n"));

        await Docker.WhenEnded(order.RunId, Soon);

        string[] output = Read(order, "stdout").Split('\n');
        Assert.Equal(["one", "", "asched: output is missing here: it was written while nobody was attached, and the engine has not kept it"], output[..3]);
        Assert.Equal("105000", output[^2]);
        int begin = int.Parse(output[3], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Lines(begin, 105_000 - begin + 1), string.Join('\n', output[3..]));
    }

    [DockerFact]
    public async Task What_is_older_than_the_bound_is_given_back_and_the_rest_stays_in_its_place()
    {
        ContainerOrder order = Order("i=100000; while [ $i -lt 110000 ]; do echo $i; i=$((i+1)); done");
        await Complete(order);

        // Ten thousand lines of seven bytes; at least the last 50,000 bytes of them, in steps of 8,192.
        string all = Read(order, "stdout");
        int hole = all.Length - all.TrimStart('\0').Length;
        Assert.Equal(70_000, all.Length);
        Assert.InRange(hole, 8_192, 20_000);
        Assert.Equal(string.Concat(Enumerable.Range(100_000, 10_000).Select(static i => $"{i}\n"))[hole..], all[hole..]);
        Assert.Equal(["stdout"], Directory.EnumerateFiles(order.Sandbox!, "stdout*").Select(static file => Path.GetFileName(file)!));
    }

    [DockerFact]
    public async Task Long_lines_bytes_without_an_end_of_line_and_terminals_come_through()
    {
        string line = string.Concat(Enumerable.Repeat("0123456789", 1500));
        ContainerOrder plain = Order($"i=0; while [ $i -lt 1 ]; do printf '{line}{line}{line}'; echo; printf tail; i=1; done");
        ContainerOrder terminal = Order(
            $"printf '{line}{line}'; echo; echo second", static task => task with { Container = task.Container! with { Terminal = true } });

        await Task.WhenAll(Complete(plain), Complete(terminal));

        Assert.Equal($"{line}{line}{line}\ntail", Read(plain, "stdout"));
        Assert.Equal($"{line}{line}\r\nsecond\r\n", Read(terminal, "stdout"));
    }

    [DockerFact]
    public async Task A_link_in_place_of_a_file_is_not_followed()
    {
        ContainerOrder order = Order("ln -sf ../victim /mnt/mesos/sandbox/stdout; sleep 0.5; echo harm");
        string victim = Path.Combine(Folder.Path, "victim");
        await File.WriteAllTextAsync(victim, "well");
        File.CreateSymbolicLink(Path.Combine(order.Sandbox!, "stderr"), "../victim");

        await Complete(order);

        Assert.Equal("well", await File.ReadAllTextAsync(victim));
    }

    private static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(static i => $"{i}\n"));

    private static byte[] Bytes(ContainerOrder order, string file) =>
        File.Exists(Path.Combine(order.Sandbox!, file)) ? File.ReadAllBytes(Path.Combine(order.Sandbox!, file)) : [];

    private static string Logged(ContainerOrder order) => Ran("logs", $"asched-{order.RunId}");

    private static string Ran(params string[] arguments)
    {
        using var docker = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("docker", ["--host", $"unix://{LocalEngine.Endpoint.LocalPath}", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = docker.StandardOutput.ReadToEnd();
        docker.WaitForExit();
        return output;
    }
}
