using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs;

/// <summary>Tasks as specs need them.</summary>
internal static class Given
{
    public static readonly FrameworkId FrameworkId = new("f-1");
    public static readonly AgentId AgentId = new("host-1");
    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    public static TaskInfo Task(string id) => new() { Id = new TaskId(id), Resources = Resources.Of(cpus: 1, mem: 32), Command = new CommandInfo("true") };
}
