using ActorScheduler.Containers.Files;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Who gets to a persistent volume on the host, <c>volumes/roles/ROLE/ID</c>. Only the agent's user passes to the volumes of a role, unless a
/// plain process of another user has one among them: then others pass too, and look into none that is not theirs. Containers have volumes
/// mounted, and images have users of their own, of which the host knows nothing: theirs are only behind the folder of their role. Shared ones
/// are for several users, and so for all who pass.
/// </summary>
internal static class VolumeFolder
{
    /// <summary>Folders above a volume that are the agent's: of the role, of all roles, of all volumes.</summary>
    private const int Above = 3;

    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passing = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Looking = Passing | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Makes it and the way to it.</summary>
    /// <param name="folder">The volume's.</param>
    /// <param name="mayPass">Whether others than the agent's user have to get there.</param>
    /// <param name="isOwnDisk">Whether it is the root of a disk, whose way is not the agent's.</param>
    internal static void Make(string folder, bool mayPass, bool isOwnDisk)
    {
        if (OperatingSystem.IsWindows() || isOwnDisk)
        {
            Directory.CreateDirectory(folder);
            return;
        }
        foreach (string parent in Parents(folder))
        {
            Directory.CreateDirectory(parent, Owners);
            Tighten(parent, mayPass ? Passing : UnixFileMode.None);
        }
        // Where it is new. Whatever the agent's own mask takes away, an image's user needs.
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.SetUnixFileMode(folder, Owners | Looking);
        }
    }

    /// <summary>Only its owner looks into it.</summary>
    internal static void ForOwner(string folder) => SetMode(folder, Owners);

    /// <summary>Who gets there looks into it.</summary>
    internal static void ForAll(string folder) => SetMode(folder, Owners | Looking);

    /// <summary>Of one that an earlier version has made, for whoever gets there: as it would be now, for the tasks that use it now.</summary>
    internal static void Mend(string folder, bool isShared)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(folder) || AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of(folder), out FileFacts facts) != 0)
            return;
        bool isOfOther = facts.IsFolder && facts.Owner != Own();
        // Others look into the folder of a role since an earlier version only: it is not known yet who passes.
        foreach (string parent in Parents(folder))
            Tighten(parent, isOfOther || isShared ? Passing : UnixFileMode.None);
        if (isOfOther && !isShared)
            ForOwner(folder);
    }

    private static uint Own() => AtCalls.Stat(AtCalls.CurrentFolder, FileName.Of("/proc/self/stat"), out FileFacts self) == 0 ? self.Owner : 0;

    private static string[] Parents(string folder)
    {
        var parents = new string[Above];
        for (int i = Above - 1; i >= 0; i--)
            parents[i] = folder = Path.GetDirectoryName(folder)!;
        return parents;
    }

    /// <summary>Nobody else looks into it; who passes already goes on to pass, if it was made for that.</summary>
    private static void Tighten(string folder, UnixFileMode passing)
    {
        if (OperatingSystem.IsWindows())
            return;
        UnixFileMode mode = File.GetUnixFileMode(folder);
        // Read and executed by all: by an earlier version, for nobody in particular.
        bool wasForAll = (mode & (UnixFileMode.OtherRead | UnixFileMode.GroupRead)) != 0;
        UnixFileMode wanted = Owners | passing | (wasForAll ? UnixFileMode.None : mode & Passing);
        if (mode != wanted)
            File.SetUnixFileMode(folder, wanted);
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }
}
