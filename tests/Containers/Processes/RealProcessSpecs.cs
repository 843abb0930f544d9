using System.Diagnostics;
using ActorScheduler.Containers.Processes;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Processes;

/// <summary>A containerizer of real processes, and nothing left of them afterwards.</summary>
public abstract class RealProcessSpecs : IAsyncLifetime
{
    private int _runs;

    protected RealProcessSpecs() => Processes = New();

    private protected TestFolder Folder { get; } = new();

    protected AgentId Agent { get; } = new($"host-{Guid.NewGuid():N}");

    protected ProcessContainerizer Processes { get; private set; }

    protected List<string> Told { get; } = [];

    protected string State => Path.Combine(Folder.Path, "state");

    protected virtual ProcessSettings Settings => new() { StateFolder = State, Hostname = "host-1.example", ControlGroup = "actorscheduler-specs" };

    protected static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public Task InitializeAsync()
    {
        // Other users have to reach their sandboxes.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder.Path, (UnixFileMode)0x1ed);
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        foreach (FoundContainer found in await Processes.List(Agent, null, Soon))
            await Processes.Remove(found.RunId, Soon);
        await Processes.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>The agent's process ends, and another one begins.</summary>
    protected async Task Restart(Func<Task>? meanwhile = null)
    {
        await Processes.DisposeAsync();
        if (meanwhile is not null)
            await meanwhile();
        Processes = New();
    }

    protected ProcessContainerizer New(ProcessSettings? settings = null) => new(settings ?? Settings, TimeProvider.System, Told.Add);

    protected ContainerOrder Order(string script, Func<TaskInfo, TaskInfo>? with = null) => Order(new CommandInfo(script), with);

    protected ContainerOrder Order(CommandInfo? command, Func<TaskInfo, TaskInfo>? with = null)
    {
        string run = $"{Agent.Value[5..17]}.{Interlocked.Increment(ref _runs)}";
        var task = new TaskInfo { Id = new TaskId($"task-{run}"), Resources = Resources.Of(cpus: 0.1, mem: 64), Command = command };
        string sandbox = Directory.CreateDirectory(Path.Combine(Folder.Path, "sandboxes", run)).FullName;
        return new ContainerOrder(run, Agent, new FrameworkId("f-1"), with?.Invoke(task) ?? task, "", null) { Sandbox = sandbox };
    }

    /// <summary>Starts a script and gives its order when it has said <c>up</c>.</summary>
    protected async Task<ContainerOrder> Up(string script, Func<TaskInfo, TaskInfo>? with = null)
    {
        ContainerOrder order = Order(script, with);
        await Processes.Start(order, Soon);
        await Until("it is up", () => Read(order, "stdout").Contains("up\n", StringComparison.Ordinal));
        return order;
    }

    /// <summary>Runs it to its end.</summary>
    protected async Task<(ContainerEnd End, string Output, string Error)> Complete(ContainerOrder order)
    {
        await Processes.Start(order, Soon);
        ContainerEnd end = await Processes.WhenEnded(order.RunId, Soon);
        return (end, Read(order, "stdout"), Read(order, "stderr"));
    }

    protected Task<(ContainerEnd End, string Output, string Error)> Complete(string script, Func<TaskInfo, TaskInfo>? with = null) => Complete(Order(script, with));

    protected async Task<string> Refused(ContainerOrder order) => (await Assert.ThrowsAsync<ContainerException>(() => Processes.Start(order, Soon))).Message;

    protected static string Read(ContainerOrder order, string file)
    {
        string path = Path.Combine(order.Sandbox!, file);
        if (!File.Exists(path))
            return "";
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    /// <summary>Numbers of processes whose arguments have a text.</summary>
    protected static int[] ProcessesWith(string text) =>
        [.. Directory.EnumerateDirectories("/proc").Where(static folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Where(folder => Arguments(folder).Contains(text, StringComparison.Ordinal))
            .Select(static folder => int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture))];

    protected static void Kill(int process) => Process.GetProcessById(process).Kill();

    /// <summary>A number of seconds to sleep that no other process has: its processes can be found by it.</summary>
    protected static string Unique() => $"{Random.Shared.Next(100_000, 999_999)}.{Random.Shared.Next(100_000, 999_999)}";

    /// <summary>Looks until it is so.</summary>
    protected static Task Until(string what, Func<bool> isSo) => Until(what, () => Task.FromResult(isSo()));

    /// <summary>Looks until it is so.</summary>
    protected static async Task Until(string what, Func<Task<bool>> isSo)
    {
        long since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20), $"20 s passed and not yet: {what}");
            await Task.Delay(10);
        }
    }

    private static string Arguments(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
