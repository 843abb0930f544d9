using ActorScheduler.Containers.Processes.Groups;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// Finds all processes of a run, whoever their parents are now. By its control group none is missed. Without one they are told by
/// their session and by a variable that they inherit; what changes both is not found.
/// </summary>
/// <param name="groups">Control groups, or null.</param>
/// <param name="settings">How long killed processes may take.</param>
/// <param name="time">The clock.</param>
internal sealed class Remains(IControlGroups? groups, ProcessSettings settings, TimeProvider time)
{
    private const int TicksPerSecond = 100;

    // The clocks that tell starts are not the same one.
    private const long ClockMargin = 200;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(3);

    /// <summary>Kills what the supervisor has started, and not itself: it writes down how that ended.</summary>
    public void KillCommand(RunFacts facts, int supervisor)
    {
        if (groups is not null && facts.HasGroup)
            groups.Kill(facts.RunId);
        // What has not joined its group yet, too.
        foreach (int process in InSession(facts, supervisor, supervisor))
            Kernel.Kill(process, Kernel.SigKill);
    }

    /// <summary>Kills everything of a run whose supervisor has ended or was killed. When this returns nothing of it runs.</summary>
    /// <param name="facts">Which run.</param>
    /// <param name="supervisor">Its supervisor's number.</param>
    /// <param name="session">Its session; null when that number may be another's by now.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ContainerException">Something does not end.</exception>
    public async Task Clear(RunFacts facts, int supervisor, int? session, CancellationToken cancellation)
    {
        // Processes of an earlier start of the host are gone with it.
        if (facts.BootId != ProcessTable.BootId)
            return;
        if (groups is not null && facts.HasGroup && groups.IsEmptied(facts.RunId))
            return;
        long since = time.GetTimestamp();
        while (KillAll(facts, supervisor, session) is var left and > 0)
        {
            if (time.GetElapsedTime(since) > settings.KillTimeout)
                throw new ContainerException($"{left} processes of {facts.RunId} were killed and have not ended");
            await Task.Delay(Poll, time, cancellation);
        }
    }

    /// <summary>What a run takes.</summary>
    public ContainerUsage Usage(RunFacts facts, int supervisor)
    {
        if (groups is not null && facts.HasGroup)
            return groups.Usage(facts.RunId, time.GetUtcNow());
        ProcessEntry[] all = [.. ProcessTable.All().Where(entry => entry.Session == supervisor && entry.Process != supervisor)];
        return new ContainerUsage(
            time.GetUtcNow(), TimeSpan.FromSeconds((double)all.Sum(static entry => entry.Ticks) / TicksPerSecond), all.Sum(static entry => entry.Resident), null,
            all.Sum(static entry => entry.Threads));
    }

    private int KillAll(RunFacts facts, int supervisor, int? session)
    {
        if (groups is not null && facts.HasGroup)
            return groups.Kill(facts.RunId);
        int[] left = [.. InSession(facts, supervisor, session)];
        foreach (int process in left)
            Kernel.Kill(process, Kernel.SigKill);
        return left.Length;
    }

    private static IEnumerable<int> InSession(RunFacts facts, int supervisor, int? session)
    {
        string marker = $"{RunFacts.Marker}={facts.RunId}";
        return ProcessTable.All()
            .Where(entry => entry.State is not ('Z' or 'X') && entry.Process != supervisor && entry.StartedAt >= facts.StartedAt - ClockMargin
                && (entry.Session == session || ProcessTable.HasVariable(entry.Process, marker)))
            .Select(static entry => entry.Process);
    }
}
