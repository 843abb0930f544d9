using System.Globalization;
using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs;

/// <summary>Tasks and launches as specs need them.</summary>
internal static class Given
{
    public static readonly FrameworkId FrameworkId = new("f-1");
    public static readonly AgentId AgentId = new("host-1");
    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    public static Resources Host { get; } = Resources.Of(cpus: 4, mem: 4096, disk: 1000, ports: ValueRanges.Of(31000, 31009));

    public static AgentIdentity Identity { get; } = new(AgentId, 0, Host, Host);

    public static AgentBook Book(AgentMemory? memory = null) => new(memory ?? new AgentMemory(null, [], []), memory?.Identity ?? Identity);

    public static TaskInfo Task(string id, double cpus = 1, double? run = null, params (string Key, string Value)[] labels) => new()
    {
        Id = new TaskId(id),
        Resources = Resources.Of(cpus: cpus, mem: 32),
        Command = new CommandInfo("true"),
        Labels = new Labels([
            .. labels.Select(static label => new Label(label.Key, label.Value)),
            .. run is { } seconds ? new[] { new Label("simulate.run", seconds.ToString(CultureInfo.InvariantCulture)) } : [],
        ]),
    };

    public static LaunchTasks Launch(long number, params TaskInfo[] tasks) => new(
        new FrameworkBrief(FrameworkId, "batch", "", null), AgentId, new Epoch(1), 1, number, "eng", [], [.. tasks.Select(static task => new TaskLaunch(task))]);

    public static TaskUpdate Status(string id, TaskState state) =>
        new(new TaskId(id), state, TaskSource.Executor, AgentId: AgentId, Timestamp: Now, Uuid: Guid.NewGuid());

    public static TaskKey Key(string id) => new(FrameworkId, new TaskId(id));

    public static LaunchOutcome Launch(this AgentBook book, LaunchTasks launch) =>
        book.Launch(launch, static _ => null, static () => Guid.NewGuid().ToString("N"), Now);

    /// <summary>All that is owed, durable or not.</summary>
    public static IReadOnlyList<TaskUpdate> AllOwed(this AgentBook book, FrameworkId? framework = null)
    {
        book.Saved(book.LastUpdate);
        return book.OwedTo(framework ?? FrameworkId, int.MaxValue);
    }
}
