using ActorScheduler.Containers.Files;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>A sandbox as a process finds it, with volumes as links. Nothing runs in it yet.</summary>
internal static class RunFolder
{
    /// <summary>Puts volumes where the plan says.</summary>
    /// <exception cref="ContainerException">A volume is missing, or something else is in its place.</exception>
    public static void Furnish(string sandbox, RunPlan plan, HostUser? user)
    {
        foreach ((string path, string? target) in plan.Folders)
        {
            if (Path.IsPathRooted(path))
                continue;
            string full = SandboxPath.ForWriting(sandbox, path) ?? throw new ContainerException($"container.volumes: '{path}' leads out of the sandbox");
            if (target is not null && !Path.Exists(target))
                throw new ContainerException($"container.volumes: '{target}' is not on this host");
            if (target is null)
            {
                Directory.CreateDirectory(full);
                Own(full, user);
                continue;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            if (new FileInfo(full).LinkTarget is not null)
                File.Delete(full);
            else if (Path.Exists(full))
                throw new ContainerException($"container.volumes: '{path}' cannot be put into the sandbox: something of that name is there");
            File.CreateSymbolicLink(full, target);
            Own(full, user);
        }
    }

    private static void Own(string path, HostUser? user)
    {
        if (user is not null)
            Posix.ChangeOwner(path, user.UserId, user.GroupId);
    }
}
