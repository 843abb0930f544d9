using System.Globalization;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Model;
using ActorScheduler.Processes;

namespace ActorScheduler.Containers.Specs.Processes;

public sealed class StartSpecs : RealProcessSpecs
{
    [Fact]
    public async Task A_process_runs_in_its_sandbox_and_its_output_and_exit_code_are_kept()
    {
        ContainerOrder order = Order("pwd; echo $MESOS_SANDBOX; echo $MESOS_TASK_ID; echo $HOST; echo oops >&2; exit 3");

        (ContainerEnd end, string text, string error) = await Complete(order);

        Assert.Equal(new ContainerEnd(3), end);
        Assert.Equal([order.Sandbox!, order.Sandbox!, order.Task.Id.Value, "host-1.example"], text.TrimEnd().Split('\n'));
        Assert.Equal("oops\n", error);
    }

    [Fact]
    public async Task Tasks_with_a_command_and_no_image_are_run()
    {
        Assert.True(Processes.CanRun(Order("true").Task));
        Assert.False(Processes.CanRun(Order("true").Task with { Container = new ContainerInfo("busybox") }));
        Assert.False(Processes.CanRun(Order((CommandInfo?)null).Task));
        Assert.Null(await Processes.Probe(Soon));
    }

    [Fact]
    public async Task A_program_gets_its_arguments_as_they_are()
    {
        (ContainerEnd end, string text, _) = await Complete(Order(new CommandInfo("printf", ["printf", "<%s>", "a b", "$HOME", "c\"'d", "*"], Shell: false)));

        Assert.Equal((0, "<a b><$HOME><c\"'d><*>"), (end.ExitCode, text));
    }

    [Fact]
    public async Task Variables_reach_the_command_also_those_that_a_shell_cannot_have()
    {
        var variables = new Dictionary<string, string> { ["a.b-c"] = "x y", ["PORT0"] = "31000", ["LINES"] = "one\ntwo", ["p"] = "q" };

        (_, string text, _) = await Complete(Order(new CommandInfo("env", ["env"], Shell: false, Environment: variables)));
        (_, string other, _) = await Complete(Order(new CommandInfo("echo $PORT0 $p; tr '\\0' '\\n' </proc/self/environ | grep -c ^DOTNET", Environment: new Dictionary<string, string> { ["PORT0"] = "1", ["p"] = "2" })));

        Assert.Contains("a.b-c=x y\n", text, StringComparison.Ordinal);
        Assert.Contains("LINES=one\ntwo\n", text, StringComparison.Ordinal);
        Assert.Equal("1 2\n0\n", other);
    }

    [RootTheory("Only root can run processes as other users")]
    [InlineData(null, "TOKEN")]
    [InlineData(null, "a.b-c")]
    [InlineData("nobody", "TOKEN")]
    public async Task Values_of_variables_do_not_stand_among_arguments_that_everybody_can_read(string? user, string name)
    {
        (string secret, string mark) = (Unique(), Unique());
        await Processes.Start(Order(new CommandInfo("sleep", ["sleep", mark], Shell: false, User: user, Environment: new Dictionary<string, string> { [name] = secret })), Soon);

        await Until("the command itself has the variable", () => ProcessesWith($"sleep {mark}").Any(
            process => File.ReadAllText($"/proc/{process}/environ").Split('\0').Contains($"{name}={secret}")));

        Assert.Empty(ProcessesWith(secret));
    }

    [Fact]
    public async Task A_command_has_the_usual_signals_and_no_files_of_ours()
    {
        // A shell's background would have signals 2 and 3 ignored; the C library ignores its own two, 32 and 33. ls itself opens the folder.
        (_, string text, _) = await Complete("grep SigIgn /proc/self/status; ls /proc/self/fd | tr '\\n' ' '");

        string[] lines = text.Split('\n');
        Assert.Equal(0L, long.Parse(lines[0].Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 0x7fffffff);
        Assert.Equal("0 1 2 3 ", lines[1]);
    }

    [Fact]
    public async Task Starting_again_gives_the_one_that_there_is()
    {
        ContainerOrder order = Order("echo once; sleep 100");

        ContainerStatus[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Processes.Start(order, Soon)));
        await Until("it has written", () => Read(order, "stdout").Length > 0);

        Assert.Single(all.Select(static status => status.ProcessId).Distinct());
        Assert.Equal("once\n", Read(order, "stdout"));
    }

    [RootFact("Only root can run processes as other users")]
    public async Task A_task_runs_as_its_user_who_has_to_be_known()
    {
        ContainerOrder order = Order("id -un; id -gn; id -Gn; echo $USER; touch mine && echo done");
        Own(order);
        (ContainerEnd end, string text, string error) = await Complete(order with { User = "nobody" });

        Assert.Equal((0, "nobody\nnogroup\nnogroup\nnobody\ndone\n", ""), (end.ExitCode, text, error));
        Assert.Equal("user 'no-such-user' is unknown on this host", await Refused(Order("true") with { User = "no-such-user" }));
    }

    [RootFact("Only root can run processes as other users")]
    public async Task What_a_user_says_in_variables_does_not_work_on_what_runs_as_root()
    {
        ContainerOrder order = Order(new CommandInfo("cat $OUT; id -un", Environment: new Dictionary<string, string> { ["LD_PRELOAD"] = "/nowhere.so", ["OUT"] = "/dev/null" }));
        Own(order);

        (_, string text, string error) = await Complete(order with { User = "nobody" });

        Assert.Equal("nobody\n", text);
        // The command's own programs take it up; setpriv and env, which ran before as root, did not.
        Assert.DoesNotContain("setpriv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volumes_are_links_in_the_sandbox()
    {
        string shared = Directory.CreateDirectory(Path.Combine(Folder.Path, "shared")).FullName;
        ContainerOrder order = Order("echo kept >data/inner/file; echo kept >host/file2; echo x >own/file3", task => task with
        {
            Container = new ContainerInfo(Volumes: [new Volume("host", HostPath: shared), new Volume("own")]),
        }) with { Mounts = [new ContainerMount(shared, "data/inner", false)] };

        Assert.Equal(0, (await Complete(order)).End.ExitCode);

        Assert.Equal(["file", "file2"], Directory.EnumerateFiles(shared).Select(static file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public async Task What_a_plain_process_cannot_have_is_refused_by_the_field()
    {
        static Func<TaskInfo, TaskInfo> In(ContainerInfo container) => task => task with { Container = container };

        Assert.StartsWith("container.network: ", await Refused(Order("true", In(new ContainerInfo(Network: ContainerNetwork.Bridge)))));
        Assert.StartsWith("container.tty_info: ", await Refused(Order("true", In(new ContainerInfo(Terminal: true)))));
        Assert.StartsWith("container.volumes: '/data' must be", await Refused(Order("true", In(new ContainerInfo(Volumes: [new Volume("/data", HostPath: "/tmp")])))));
        Assert.StartsWith("container.volumes: '../x' leads out", await Refused(Order("true", In(new ContainerInfo(Volumes: [new Volume("../x", HostPath: "/tmp")])))));
        Assert.StartsWith("container.volumes: '/no/such' is not on", await Refused(Order("true", In(new ContainerInfo(Volumes: [new Volume("x", HostPath: "/no/such")])))));
        Assert.StartsWith("container.volumes: 'x' cannot be read-only", await Refused(Order("true", In(new ContainerInfo(Volumes: [new Volume("x", VolumeMode.ReadOnly, "/tmp")])))));
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }

    [Fact]
    public async Task What_the_host_refuses_is_said()
    {
        ContainerOrder gone = Order("true");
        Directory.Delete(gone.Sandbox!);
        Assert.Equal($"its working folder {gone.Sandbox} is missing", await Refused(gone));
        Assert.Equal("command: its arguments and variables are too long for this host", await Refused(Order(new string('x', 3 << 20))));
        Assert.Equal("'../x' cannot be a run id: it names files", await Refused(Order("true") with { RunId = "../x" }));
        Assert.Empty(await Processes.List(Agent, null, Soon));
    }

    [Fact]
    public async Task Limits_of_processes_are_set()
    {
        await using ProcessContainerizer limited = New(Settings with { Limits = [new ProcessLimit('n', "77"), new ProcessLimit('c', "0"), new ProcessLimit('f', "8")] });
        ContainerOrder order = Order("ulimit -n; ulimit -c; head -c 100000 /dev/zero >big; ls -l big | wc -c >/dev/null; wc -c <big");

        await limited.Start(order, Soon);
        await limited.WhenEnded(order.RunId, Soon);

        Assert.Equal("77\n0\n4096\n", Read(order, "stdout"));
    }

    private static void Own(ContainerOrder order) => ActorScheduler.Containers.Files.Posix.ChangeOwner(order.Sandbox!, 65534, 65534);
}
