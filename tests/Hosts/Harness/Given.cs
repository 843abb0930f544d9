using ActorScheduler.Model;

namespace ActorScheduler.Hosts.Specs.Harness;

/// <summary>Tasks in containers.</summary>
internal static class Given
{
    /// <summary>Runs until it is asked to end.</summary>
    public const string Service = "trap 'exit 143' TERM; sleep 100000 & wait";

    /// <summary>A line for the image's shell, in a container on the host's network.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cpus">Cpus.</param>
    /// <param name="mem">MiB.</param>
    public static TaskInfo Shell(string line, double cpus = 0.5, double mem = 64) => new()
    {
        Id = new TaskId("template"), Resources = Resources.Of(cpus: cpus, mem: mem), Command = new CommandInfo(line), Container = new ContainerInfo(LocalEngine.Image),
    };
}
