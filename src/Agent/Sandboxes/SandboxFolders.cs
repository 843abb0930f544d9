using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>Where an agent keeps files, below its data folder.</summary>
/// <param name="root">The data folder, absolute.</param>
internal sealed class SandboxFolders(string root)
{
    /// <summary>One folder for each run.</summary>
    public string Sandboxes { get; } = Path.Combine(root, "sandboxes");

    /// <summary>
    /// One folder for each run in an image, in one that only the agent's user enters: users of images are none of the host, so their
    /// files may have to be open to all, and any other task's user could read them by their path. Containers have them mounted.
    /// </summary>
    public string Closed { get; } = Path.Combine(root, "sandboxes", ".closed");

    /// <summary>One small file for each run: whose it is.</summary>
    public string Runs { get; } = Path.Combine(root, "runs");

    /// <summary>Artifacts that several tasks use.</summary>
    public string Cache { get; } = Path.Combine(root, "cache");

    /// <summary>Persistent volumes on the host's root disk.</summary>
    public string Volumes { get; } = Path.Combine(root, "volumes", "roles");

    /// <summary>Volumes that are being deleted.</summary>
    public string Destroyed { get; } = Path.Combine(root, "volumes", "destroyed");

    /// <summary>A run's sandbox, where it is.</summary>
    public string SandboxOf(string runId) => Path.Combine(Closed, runId) is var closed && Directory.Exists(closed) ? closed : Path.Combine(Sandboxes, runId);

    /// <summary>A run's sandbox, where it is or will be made. Those of images that an earlier version made are not among the closed ones.</summary>
    public string SandboxFor(string runId, ContainerKinds kind) =>
        kind == ContainerKinds.Image && Path.Combine(Sandboxes, runId) is var open && !Directory.Exists(open) ? Path.Combine(Closed, runId) : SandboxOf(runId);

    /// <summary>The file that says whose a run is.</summary>
    public string RunFile(string runId) => Path.Combine(Runs, runId + ".json");

    /// <summary>Whether a text can be a run id: it names files.</summary>
    public static bool IsRunId(string text) => text.Length is > 0 and <= 64 && text.All(char.IsAsciiLetterOrDigit);

    /// <summary>
    /// A persistent volume's folder. Roles within roles would be folders among the volumes of the outer role, so their slashes
    /// become spaces, which no role has.
    /// </summary>
    /// <exception cref="SandboxException">Its id is not a name of a folder.</exception>
    public string VolumeOf(ResourceKey volume)
    {
        string id = volume.Disk!.Persistence!.Id;
        if (id is "" or "." or ".." || id.Contains('/', StringComparison.Ordinal) || id.Contains('\0', StringComparison.Ordinal))
            throw new SandboxException($"volume '{id}': its id is not the name of a folder");
        string role = volume.Role.Replace('/', ' ');
        return volume.Disk.Source switch
        {
            { Kind: DiskSourceKind.Mount, Root: { } mount } => mount,
            { Root: { } disk } => Path.Combine(disk, "volumes", "roles", role, id),
            _ => Path.Combine(Volumes, role, id),
        };
    }

    /// <summary>What a task's persistent volumes look like to its container.</summary>
    /// <exception cref="SandboxException">A volume's id is not a name of a folder.</exception>
    public IReadOnlyList<ContainerMount> MountsOf(TaskInfo task) =>
    [
        .. VolumesOf(task).Where(static volume => volume.Disk!.Volume is not null)
            .Select(volume => new ContainerMount(VolumeOf(volume), volume.Disk!.Volume!.ContainerPath, volume.Disk.Volume.Mode == VolumeMode.ReadOnly)),
    ];

    /// <summary>Volumes that conversions destroy. One that grows or shrinks is another resource and the same folder.</summary>
    /// <param name="conversions">In order; one destroyed and made anew by them is destroyed.</param>
    /// <exception cref="SandboxException">A volume's id is not a name of a folder.</exception>
    public IReadOnlyCollection<ResourceKey> DestroyedBy(IEnumerable<(Resources Consumed, Resources Converted)> conversions)
    {
        var destroyed = new Dictionary<string, ResourceKey>();
        foreach ((Resources consumed, Resources converted) in conversions)
        {
            HashSet<string> kept = [.. VolumesOf(converted).Select(VolumeOf)];
            foreach (ResourceKey volume in VolumesOf(consumed).Where(volume => !kept.Contains(VolumeOf(volume))))
                destroyed[VolumeOf(volume)] = volume;
        }
        return destroyed.Values;
    }

    /// <summary>Persistent volumes that a task has, its executor's included.</summary>
    public static IEnumerable<ResourceKey> VolumesOf(TaskInfo task) => VolumesOf(task.Resources).Concat(VolumesOf(task.Executor?.Resources ?? Resources.Empty));

    /// <summary>Persistent volumes among resources.</summary>
    public static IEnumerable<ResourceKey> VolumesOf(Resources resources) =>
        resources.Objects().Select(static resource => resource.Key).Where(static key => key.IsPersistentVolume);
}
