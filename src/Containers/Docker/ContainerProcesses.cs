using ActorScheduler.Containers.Processes.Groups;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Docker;

/// <summary>The processes of a container of an engine on this host, by its control group.</summary>
internal static class ContainerProcesses
{
    /// <summary>All of them; none when the container has ended, or where control groups cannot be read.</summary>
    /// <param name="first">The container's first process.</param>
    /// <param name="container">The container's id, which names its group: numbers of processes are used again.</param>
    public static IEnumerable<int> Of(int first, string container)
    {
        foreach (string line in Kernel.ReadFile($"/proc/{first}/cgroup").Split('\n'))
        {
            // number:controllers:path; version 2 has no controllers.
            if (line.Split(':', 3) is not [_, var controllers, var path] || !path.Contains(container, StringComparison.Ordinal))
                continue;
            string folder = controllers.Length == 0 ? $"/sys/fs/cgroup{path}" : $"/sys/fs/cgroup/{controllers}{path}";
            if (Directory.Exists(folder))
                return GroupFile.AllProcesses(folder);
        }
        return [];
    }
}
