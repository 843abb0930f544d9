namespace ActorScheduler.Containers.Processes;

/// <summary>How plain processes are run.</summary>
public sealed record ProcessSettings
{
    /// <summary>Where is kept what must outlive the agent's process: who runs, and how those ended that ended meanwhile.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Name of the host, as tasks see it in <c>HOST</c>; empty for none.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Most starts at once: more of them only wait for processors.</summary>
    public int StartsInFlight { get; init; } = 4;

    /// <summary>Whether control groups are used where that is allowed.</summary>
    public bool UsesControlGroups { get; init; } = true;

    /// <summary>The control group under which each run has its own.</summary>
    public string ControlGroup { get; init; } = "actorscheduler";

    /// <summary>Whether tasks run as their users when the agent is root; otherwise all run as the agent's own.</summary>
    public bool SwitchesUser { get; init; } = true;

    /// <summary>Whether a task gets no more processor time than its cpus, even when nobody else wants it. A task's own limit counts anyhow.</summary>
    public bool IsCpuQuota { get; init; }

    /// <summary>Whether tasks may be swapped out, as much again as their memory.</summary>
    public bool IsSwapAllowed { get; init; }

    /// <summary>Most processes and threads of a task, where control groups are used; 0 for no limit.</summary>
    public long PidsLimit { get; init; } = 8192;

    /// <summary>Limits of single processes by the letter of <c>ulimit</c>.</summary>
    public IReadOnlyList<ProcessLimit> Limits { get; init; } = [];

    /// <summary>Bytes of <c>stdout</c> and of <c>stderr</c> that are kept at least; older ones are given back to the disk.</summary>
    public long LogSize { get; init; } = 100 << 20;

    /// <summary>How often it is looked for what the kernel's notices could have missed.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest that killed processes may take to be gone.</summary>
    public TimeSpan KillTimeout { get; init; } = TimeSpan.FromSeconds(8);
}
