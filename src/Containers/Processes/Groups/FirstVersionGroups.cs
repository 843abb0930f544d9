using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>Control groups of version 1: a tree for each controller, some of which share one.</summary>
internal sealed class FirstVersionGroups : IControlGroups
{
    private const string Quota = "cpu.cfs_quota_us";
    private const string Memory = "memory.limit_in_bytes";
    private const string WithSwap = "memory.memsw.limit_in_bytes";

    private readonly string _cpu;
    private readonly string _accounts;
    private readonly string _memory;
    private readonly string _pids;
    private readonly string[] _all;
    private readonly bool _hasQuota;
    private readonly bool _hasSwap;

    /// <param name="mounts">Where the controllers are mounted, by name.</param>
    /// <param name="parent">The group under which runs have theirs; made here.</param>
    /// <exception cref="IOException">Not allowed.</exception>
    public FirstVersionGroups(IReadOnlyDictionary<string, string> mounts, string parent)
    {
        _cpu = Path.Combine(mounts["cpu"], parent);
        _accounts = Path.Combine(mounts["cpuacct"], parent);
        _memory = Path.Combine(mounts["memory"], parent);
        _pids = Path.Combine(mounts["pids"], parent);
        // Killing goes by the processes of pids, so that is the first to be joined.
        _all = [.. new[] { _pids, _memory, _cpu, _accounts }.Distinct()];
        foreach (string folder in _all)
            Directory.CreateDirectory(folder);
        Description = $"control groups of version 1, /{parent}";
        _hasQuota = File.Exists(Path.Combine(_cpu, Quota));
        _hasSwap = File.Exists(Path.Combine(_memory, WithSwap));
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public void Make(string run, GroupLimits limits)
    {
        bool isNew = true;
        foreach (string folder in _all)
            isNew &= Kernel.MakeFolder(Path.Combine(folder, run));
        string cpu = Path.Combine(_cpu, run);
        GroupFile.Write(cpu, "cpu.shares", limits.Shares);
        // A new group has no limits: none has to be said.
        if (limits.Quota is not null || (!isNew && _hasQuota))
            GroupFile.Write(cpu, Quota, limits.Quota ?? -1);
        if (limits.Memory is not null || !isNew)
            LimitMemory(Path.Combine(_memory, run), limits);
        if (limits.Processes > 0 || !isNew)
            GroupFile.Write(Path.Combine(_pids, run), "pids.max", limits.Processes > 0 ? $"{limits.Processes}" : "max");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> JoinFiles(string run) => [.. _all.Select(folder => Path.Combine(folder, run, "cgroup.procs"))];

    /// <inheritdoc/>
    public bool IsEmptied(string run) => _pids != _memory && Kernel.RemoveFolder(Path.Combine(_pids, run));

    /// <inheritdoc/>
    public IReadOnlyList<int> Members(string run) => GroupFile.AllProcesses(Path.Combine(_pids, run));

    /// <inheritdoc/>
    public int Kill(string run)
    {
        string pids = Path.Combine(_pids, run);
        IReadOnlyList<int> members = Members(run);
        if (members.Count == 0)
            return 0;
        // From now on none of them can start another.
        GroupFile.Write(pids, "pids.max", 0);
        foreach (int process in Members(run))
            Kernel.Kill(process, Kernel.SigKill);
        return members.Count;
    }

    /// <inheritdoc/>
    public long MemoryKills(string run) => GroupFile.Entry(Path.Combine(_memory, run), "memory.oom_control", "oom_kill");

    /// <inheritdoc/>
    public long? MemoryLimit(string run) =>
        GroupFile.Number(Path.Combine(_memory, run), "memory.limit_in_bytes") is { } limit and < 1L << 60 ? limit : null;

    /// <inheritdoc/>
    public ContainerUsage Usage(string run, DateTimeOffset now)
    {
        string memory = Path.Combine(_memory, run);
        return new ContainerUsage(
            now,
            GroupFile.Number(Path.Combine(_accounts, run), "cpuacct.usage") is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : null,
            GroupFile.Number(memory, "memory.usage_in_bytes") is { } used ? Math.Max(0, used - GroupFile.Entry(memory, "memory.stat", "total_inactive_file")) : null,
            MemoryLimit(run),
            (int?)GroupFile.Number(Path.Combine(_pids, run), "pids.current"));
    }

    /// <inheritdoc/>
    public void Sweep(DateTime olderThan)
    {
        foreach (string folder in _all)
            GroupFile.Sweep(folder, olderThan);
    }

    /// <inheritdoc/>
    public bool Remove(string run)
    {
        bool isGone = true;
        foreach (string folder in _all)
            isGone &= GroupFile.Remove(Path.Combine(folder, run));
        return isGone;
    }

    /// <summary>The limit of memory alone may never be above that of memory and swap: which of them goes first depends on the direction.</summary>
    private void LimitMemory(string folder, GroupLimits limits)
    {
        long memory = limits.Memory ?? -1;
        if (!_hasSwap)
        {
            GroupFile.Write(folder, Memory, memory);
            return;
        }
        long together = limits.Memory is { } limit && limits.IsSwapAllowed ? limit * 2 : memory;
        bool isMore = memory == -1 || GroupFile.Number(folder, WithSwap) < together;
        GroupFile.Write(folder, isMore ? WithSwap : Memory, isMore ? together : memory);
        GroupFile.Write(folder, isMore ? Memory : WithSwap, isMore ? memory : together);
    }
}
