using System.Globalization;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>Reads what the engine tells of a container.</summary>
internal static class ContainerReadings
{
    /// <summary>What engines say of a container that they do not find any more when they start.</summary>
    private const int LostExitCode = 255;

    private static readonly TimeSpan CrashTime = TimeSpan.FromSeconds(5);

    /// <summary>Whether it has ever been started. One that has not does not count as there.</summary>
    public static bool HasRun(ContainerInspectResponse container) =>
        container.State?.StartedAt is { Length: > 0 } at && !at.StartsWith("0001", StringComparison.Ordinal);

    /// <summary>Whether it runs, paused or not.</summary>
    public static bool Runs(ContainerInspectResponse container) => container.State is { } state && (state.Running || state.Paused || state.Restarting);

    /// <summary>Whether a list says that it runs, paused or not.</summary>
    public static bool MayRun(string state) => state is "running" or "paused" or "restarting";

    /// <summary>Whether a list says that nothing of it runs.</summary>
    public static bool IsOver(string state) => state is "exited" or "dead" or "removing";

    /// <summary>Where it runs.</summary>
    public static ContainerStatus Status(ContainerInspectResponse container) => new(
        container.ID,
        [.. (container.NetworkSettings?.Networks?.Values ?? [])
            .SelectMany(static network => new[] { network.IPAddress, network.GlobalIPv6Address }).Where(static address => !string.IsNullOrEmpty(address))],
        container.State is { Pid: > 0 and <= int.MaxValue } state ? (int)state.Pid : null,
        Label(container, ContainerLabels.Sandbox));

    /// <summary>How it ended.</summary>
    /// <param name="container">The container.</param>
    /// <param name="sawOutOfMemory">Whether the engine said so in an event.</param>
    /// <param name="hostStartedAt">When the engine's host was started; null when that is not known.</param>
    public static ContainerEnd End(ContainerInspectResponse container, bool sawOutOfMemory, DateTimeOffset? hostStartedAt)
    {
        if (container.State.ExitCode == LostExitCode && At(container.State.StartedAt) < hostStartedAt && At(container.State.FinishedAt) > hostStartedAt)
            return new ContainerEnd(null, Message: "The host was restarted while it ran; its exit code is not known");
        int exitCode = (int)container.State.ExitCode;
        // The engine says so too when a child was killed and the first process went on to end well.
        bool isOutOfMemory = (container.State.OOMKilled || sawOutOfMemory) && exitCode != 0;
        string? message = isOutOfMemory
            ? string.Create(CultureInfo.InvariantCulture, $"mem: it took more memory than the {(container.HostConfig?.Memory ?? 0) / (1024.0 * 1024):0.#} MiB that it may")
            : container.State.Error is { Length: > 0 } error ? error : null;
        return new ContainerEnd(exitCode, isOutOfMemory, message);
    }

    /// <summary>Whether it failed by itself, and had hardly run: as a rule the next one of its kind will too.</summary>
    public static bool IsCrash(ContainerInspectResponse container) => container.State is { ExitCode: not (0 or 137 or 143) } or { OOMKilled: true }
        && At(container.State.FinishedAt) - At(container.State.StartedAt) < CrashTime;

    private static DateTimeOffset? At(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset at) ? at : null;

    /// <summary>One of its labels, or null.</summary>
    public static string? Label(ContainerInspectResponse container, string name) =>
        container.Config?.Labels is { } labels && labels.TryGetValue(name, out string? value) ? value : null;

    /// <summary>What it takes now. Null when the sample is that of a container that does not run.</summary>
    public static ContainerUsage? Usage(ContainerStatsResponse sample, DateTimeOffset now)
    {
        if (sample.Read.Year <= 1 || sample.PidsStats is null or { Current: 0 } && sample.MemoryStats is null or { Usage: 0 })
            return null;
        return new ContainerUsage(
            now,
            sample.CPUStats?.CPUUsage is { } cpu ? TimeSpan.FromTicks((long)(cpu.TotalUsage / 100)) : null,
            sample.MemoryStats is { } memory ? WithoutCache(memory) : null,
            // Without a limit the engine tells the host's memory, or a number beyond any memory.
            sample.MemoryStats is { Limit: > 0 and < 1UL << 60 } limited ? (long)limited.Limit : null,
            sample.PidsStats is { } pids ? (int)pids.Current : null,
            sample.Networks is { Count: > 0 } received ? received.Values.Sum(static network => (long)network.RxBytes) : null,
            sample.Networks is { Count: > 0 } sent ? sent.Values.Sum(static network => (long)network.TxBytes) : null);
    }

    /// <summary>File cache that the kernel gives back first is not counted: its name differs between control groups of version 1 and 2.</summary>
    private static long WithoutCache(MemoryStats memory)
    {
        ulong cache = 0;
        if (memory.Stats is { } stats && !stats.TryGetValue("total_inactive_file", out cache))
            stats.TryGetValue("inactive_file", out cache);
        return (long)(cache < memory.Usage ? memory.Usage - cache : memory.Usage);
    }
}
