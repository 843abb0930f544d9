using ActorScheduler.Containers.Files;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Folders of persistent volumes: made when the first task uses one, deleted when the volume is destroyed. One change at a time
/// and in the order of the calls, so that a volume made anew under a known name is empty.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without wait handle holds nothing.")]
internal sealed class VolumeStore(SandboxFolders folders)
{
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Makes the folders of a task's volumes, for its user.</summary>
    /// <exception cref="SandboxException">One cannot be made.</exception>
    public Task Prepare(TaskInfo task, Account? owner) => Alone(() =>
    {
        foreach (ResourceKey volume in SandboxFolders.VolumesOf(task))
        {
            string folder = folders.VolumeOf(volume);
            try
            {
                bool isNew = !Directory.Exists(folder);
                // A container has it mounted, by whatever way; a process goes there itself.
                VolumeFolder.Make(folder, mayPass: volume.IsShared || (owner is not null && task.Kind == ContainerKinds.Process), isOwnDisk: volume.Disk!.Source is { Kind: DiskSourceKind.Mount });
                // Several users may have a shared one: it stays with the first.
                bool staysWithFirst = volume.IsShared && Directory.EnumerateFileSystemEntries(folder).Any();
                if (owner is not null && !staysWithFirst)
                    owner.Own(folder, deep: false);
                if (volume.IsShared)
                    VolumeFolder.ForAll(folder);
                else if (task.Kind == ContainerKinds.Process && (isNew || owner is not null))
                    VolumeFolder.ForOwner(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SandboxException($"volume '{volume.Disk!.Persistence!.Id}': {e.Message}", e);
            }
        }
    });

    /// <summary>Deletes what is in destroyed volumes. What is put aside and not deleted is deleted with the next one, or at the next start.</summary>
    public Task Destroy(IReadOnlyCollection<ResourceKey> volumes) => Alone(() =>
    {
        foreach (ResourceKey volume in volumes)
        {
            string folder = folders.VolumeOf(volume);
            if (!Directory.Exists(folder))
                continue;
            if (volume.Disk!.Source is { Kind: DiskSourceKind.Mount })
                Tree.Clear(folder);
            else
                Tree.Clear(PutAside(folder, Aside(folder)));
        }
    });

    /// <summary>
    /// Deletes volumes that a process did not come to delete: folders that no volume of an agent has whose identity is known.
    /// </summary>
    /// <param name="total">All that the agent has.</param>
    public Task Sweep(Resources total) => Alone(() =>
    {
        HashSet<string> known = [.. SandboxFolders.VolumesOf(total).Select(folders.VolumeOf)];
        foreach (ResourceKey volume in SandboxFolders.VolumesOf(total).Where(static volume => volume.Disk!.Source is not { Kind: DiskSourceKind.Mount }))
            VolumeFolder.Mend(folders.VolumeOf(volume), volume.IsShared);
        if (Directory.Exists(folders.Volumes))
        {
            foreach (string folder in Directory.EnumerateDirectories(folders.Volumes).SelectMany(Directory.EnumerateDirectories).Where(folder => !known.Contains(folder)).ToArray())
                PutAside(folder, folders.Destroyed);
        }
        Tree.Clear(folders.Destroyed);
    });

    /// <summary>On the same disk, beside the folder of roles.</summary>
    private static string Aside(string folder) => Path.Combine(folder, "..", "..", "..", "destroyed");

    /// <summary>A new name takes a moment, deleting may take minutes: the old name is free at once.</summary>
    private static string PutAside(string folder, string aside)
    {
        aside = PrivateFiles.Folder(aside);
        Directory.Move(folder, Path.Combine(aside, Guid.NewGuid().ToString("N")));
        return aside;
    }

    private async Task Alone(Action work)
    {
        await _gate.WaitAsync();
        try
        {
            await Task.Run(work);
        }
        finally
        {
            _gate.Release();
        }
    }
}
