using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Docker;

/// <summary>A command for a container that is there.</summary>
/// <param name="Container">The container's id.</param>
/// <param name="First">Its first process, on the engine's host; null when that is another host than ours.</param>
/// <param name="Command">The command.</param>
/// <param name="Variable">A variable that what it starts is told by, <c>name=value</c>; null for none.</param>
internal sealed record ContainerCall(string Container, int? First, ContainerCommand Command, string? Variable)
{
    /// <summary>Kills the command and what it has started.</summary>
    /// <param name="process">Its process, which begins a session of its own.</param>
    public void KillProcesses(int process)
    {
        if (First is { } first)
            Leftovers.Kill(() => ContainerProcesses.Of(first, Container), process, Variable);
    }
}
