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
        for (int restarts = 0; restarts < 4; restarts++)
        {
            string before = Read(order, "stdout");
            await Until("there is more output", () => Task.FromResult(Read(order, "stdout").Length > before.Length));
            await Restart();
            _ = Docker.WhenEnded(order.RunId, Soon);
        }

        Assert.Equal(0, (await Docker.WhenEnded(order.RunId, Soon)).ExitCode);
        Assert.Equal(string.Concat(Enumerable.Range(0, 400).Select(static i => $"line {i}\n")), Read(order, "stdout"));
        Assert.Equal(string.Concat(Enumerable.Range(0, 400).Select(static i => $"error {i}\n")), Read(order, "stderr"));
    }

    [DockerFact]
    public async Task What_a_killed_agent_wrote_beyond_its_position_is_not_doubled_and_what_came_meanwhile_is_not_lost()
    {
        ContainerOrder order = Order("echo one; sleep 1.5; echo two; echo three");
        await Docker.Start(order, Soon);
        await Until("the first line is written", () => Task.FromResult(Read(order, "stdout") == "one\n"));
        await Docker.DisposeAsync();
        string position = await File.ReadAllTextAsync(Path.Combine(order.Sandbox!, ".asched-logs"));
        // As if the process had been killed between writing a line and keeping its position.
        await File.AppendAllTextAsync(Path.Combine(order.Sandbox!, "stdout"), "tw");
        await Restart();

        await Docker.WhenEnded(order.RunId, Soon);

        Assert.Contains(" 1 4", position, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\nthree\n", Read(order, "stdout"));
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
}
