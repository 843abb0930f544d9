namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>Finds out which control groups this agent may use, by making one.</summary>
internal static class GroupDetection
{
    private const string SecondVersionRoot = "/sys/fs/cgroup";

    /// <summary>Long after a run has come to use its group.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private static readonly string[] Needed = ["cpu", "cpuacct", "memory", "pids"];

    /// <summary>What is used.</summary>
    /// <param name="settings">Whether, and where.</param>
    /// <param name="now">The time.</param>
    /// <returns>The groups, or null and the reason for people.</returns>
    public static (IControlGroups? Groups, string Reason) Find(ProcessSettings settings, DateTime now)
    {
        if (!settings.UsesControlGroups)
            return (null, "switched off by actorscheduler.agent.process.control-groups");
        if (!Environment.IsPrivilegedProcess)
            return (null, "the agent is not root");
        try
        {
            IControlGroups groups = Open(settings.ControlGroup, File.ReadLines("/proc/self/mountinfo"));
            string trial = $"trial-{Guid.NewGuid():N}";
            groups.Make(trial, new GroupLimits(1024, GroupLimits.Period, 64 << 20, false, 100));
            groups.Remove(trial);
            groups.Sweep(now - LeftBehind);
            return (groups, "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            return (null, e is KeyNotFoundException ? "the host has not all of cpu, cpuacct, memory and pids" : e.Message);
        }
    }

    private static IControlGroups Open(string parent, IEnumerable<string> mountTable)
    {
        if (File.Exists(Path.Combine(SecondVersionRoot, "cgroup.controllers")))
            return new SecondVersionGroups(SecondVersionRoot, parent);
        return new FirstVersionGroups(Mounts(mountTable), parent);
    }

    /// <summary>Where controllers of version 1 are mounted, out of lines as in <c>/proc/self/mountinfo</c>.</summary>
    internal static Dictionary<string, string> Mounts(IEnumerable<string> lines)
    {
        var mounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            // 36 35 0:29 ROOT MOUNT-POINT OPTIONS ... - cgroup SOURCE rw,cpu,cpuacct
            string[] halves = line.Split(" - ");
            if (halves.Length != 2 || halves[1].Split(' ') is not ["cgroup", _, var options] || halves[0].Split(' ') is not [_, _, _, _, var point, ..])
                continue;
            foreach (string option in options.Split(',').Where(Needed.Contains))
                mounts.TryAdd(option, point);
        }
        return mounts;
    }
}
