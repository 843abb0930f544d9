using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>
/// What a container finds mounted: its sandbox, persistent volumes, folders of the host and the engine's named volumes. A path
/// in the container that is not absolute lies in the sandbox. A folder of the host has to be there; it is not made.
/// </summary>
internal static class ContainerMounts
{
    /// <summary>Says it to the engine.</summary>
    /// <exception cref="ContainerException">A volume lacks its source.</exception>
    public static void Apply(ContainerOrder order, HostConfig host)
    {
        host.Mounts = [];
        if (order.Sandbox is { } sandbox)
            host.Mounts.Add(Bind(sandbox, ContainerPlan.SandboxPath, isReadOnly: false));
        foreach (ContainerMount mount in order.Mounts)
            host.Mounts.Add(Bind(mount.HostPath, Inside(mount.ContainerPath), mount.IsReadOnly));
        foreach (Volume volume in order.Task.Container!.Volumes ?? [])
            host.Mounts.Add(Of(volume));
    }

    private static Mount Of(Volume volume)
    {
        bool isReadOnly = volume.Mode == VolumeMode.ReadOnly;
        if (volume.HostPath is not { Length: > 0 } source)
            throw new ContainerException($"container.volumes: '{volume.ContainerPath}' needs a host_path: a folder of the host or the name of a volume");
        if (Path.IsPathRooted(source))
            return Bind(source, Inside(volume.ContainerPath), isReadOnly);
        // As in Mesos: with both relative nobody could say what is meant.
        if (!Path.IsPathRooted(volume.ContainerPath))
            throw new ContainerException($"container.volumes: '{source}' names a volume, so its container_path must be absolute, is '{volume.ContainerPath}'");
        return new Mount { Type = "volume", Source = source, Target = volume.ContainerPath, ReadOnly = isReadOnly };
    }

    private static Mount Bind(string source, string target, bool isReadOnly) => new() { Type = "bind", Source = source, Target = target, ReadOnly = isReadOnly };

    private static string Inside(string path) => Path.IsPathRooted(path) ? path : $"{ContainerPlan.SandboxPath}/{path}";
}
