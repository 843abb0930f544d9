namespace ActorScheduler.Containers.Processes.Host;

/// <summary>What a command beside a container's own has started: processes of its session, and those that have its variable still.</summary>
internal static class Leftovers
{
    // Killed processes may have started others while they were looked for.
    private const int MostRounds = 10;

    /// <summary>Kills it. Processes of others, and those that ended meanwhile, are passed over.</summary>
    /// <param name="among">Processes that it can be, such as those of its container.</param>
    /// <param name="session">The command's session.</param>
    /// <param name="variable">A variable that it was started with, <c>name=value</c>; null for none.</param>
    public static void Kill(Func<IEnumerable<int>> among, int session, string? variable)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            int[] left = [.. among().Where(process => IsOf(process, session, variable))];
            if (left.Length == 0)
                return;
            foreach (int process in left)
            {
                try
                {
                    Kernel.Kill(process, Kernel.SigKill);
                }
                catch (IOException)
                {
                    // Another user's, and we are not root: it goes with its container.
                }
            }
        }
    }

    private static bool IsOf(int process, int session, string? variable) =>
        ProcessTable.Find(process) is { State: not ('Z' or 'X') } entry && (entry.Session == session || (variable is not null && ProcessTable.HasVariable(process, variable)));
}
