using System.Globalization;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes.Groups;

/// <summary>Control groups of version 2: one tree.</summary>
internal sealed class SecondVersionGroups : IControlGroups
{
    private const string Controllers = "+cpu +memory +pids";

    private readonly string _parent;

    /// <param name="root">Where the tree is mounted.</param>
    /// <param name="parent">The group under which runs have theirs; made here.</param>
    /// <exception cref="IOException">Not allowed.</exception>
    public SecondVersionGroups(string root, string parent)
    {
        _parent = Path.Combine(root, parent);
        GroupFile.Write(root, "cgroup.subtree_control", Controllers);
        Directory.CreateDirectory(_parent);
        GroupFile.Write(_parent, "cgroup.subtree_control", Controllers);
        Description = $"control groups of version 2, /{parent}";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public void Make(string run, GroupLimits limits)
    {
        string folder = Of(run);
        Kernel.MakeFolder(folder);
        // Weights go from 1 to 10,000 where shares go from 2 to 262,144; the usual 100 is a cpu here, so that ratios stay.
        GroupFile.Write(folder, "cpu.weight", Math.Clamp(limits.Shares * 100 / 1024, 1, 10_000));
        GroupFile.Write(folder, "cpu.max", string.Create(CultureInfo.InvariantCulture, $"{Word(limits.Quota)} {GroupLimits.Period}"));
        GroupFile.Write(folder, "memory.max", Word(limits.Memory));
        if (File.Exists(Path.Combine(folder, "memory.swap.max")))
            GroupFile.Write(folder, "memory.swap.max", limits is { Memory: not null, IsSwapAllowed: false } ? "0" : Word(limits.Memory));
        GroupFile.Write(folder, "pids.max", Word(limits.Processes > 0 ? limits.Processes : null));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> JoinFiles(string run) => [Path.Combine(Of(run), "cgroup.procs")];

    /// <inheritdoc/>
    /// <remarks>Its group tells also what the run took, so it stays while anybody may ask.</remarks>
    public bool IsEmptied(string run) => false;

    /// <inheritdoc/>
    public IReadOnlyList<int> Members(string run) => GroupFile.AllProcesses(Of(run));

    /// <inheritdoc/>
    public int Kill(string run)
    {
        IReadOnlyList<int> members = Members(run);
        if (members.Count == 0)
            return 0;
        if (File.Exists(Path.Combine(Of(run), "cgroup.kill")))
        {
            GroupFile.Write(Of(run), "cgroup.kill", 1);
            return members.Count;
        }
        // Before Linux 5.14. From now on none of them can start another.
        GroupFile.Write(Of(run), "pids.max", 0);
        foreach (int process in Members(run))
            Kernel.Kill(process, Kernel.SigKill);
        return members.Count;
    }

    /// <inheritdoc/>
    public long MemoryKills(string run) => GroupFile.Entry(Of(run), "memory.events", "oom_kill");

    /// <inheritdoc/>
    public long? MemoryLimit(string run) => GroupFile.Number(Of(run), "memory.max");

    /// <inheritdoc/>
    public ContainerUsage Usage(string run, DateTimeOffset now) => new(
        now,
        TimeSpan.FromMicroseconds(GroupFile.Entry(Of(run), "cpu.stat", "usage_usec")),
        GroupFile.Number(Of(run), "memory.current") is { } used ? Math.Max(0, used - GroupFile.Entry(Of(run), "memory.stat", "inactive_file")) : null,
        MemoryLimit(run),
        (int?)GroupFile.Number(Of(run), "pids.current"));

    /// <inheritdoc/>
    public void Sweep(DateTime olderThan) => GroupFile.Sweep(_parent, olderThan);

    /// <inheritdoc/>
    public bool Remove(string run) => GroupFile.Remove(Of(run));

    private string Of(string run) => Path.Combine(_parent, run);

    private static string Word(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "max";
}
