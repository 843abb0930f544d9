using ActorScheduler.Allocation.Book;

namespace ActorScheduler.Allocation.Requests;

/// <summary>A framework's request in one role while it is being served: what is still wanted and what is promised in open offers.</summary>
internal sealed class OpenRequest(IReadOnlyList<RequestedSize> sizes, long now)
{
    public readonly IReadOnlyList<RequestedSize> Sizes = sizes;
    public readonly int[] Wanted = [.. sizes.Select(size => size.Count)];
    public readonly int[] Promised = new int[sizes.Count];

    /// <summary>Since when nothing was offered for it, in ticks.</summary>
    public long WaitingSince = now;

    /// <summary>The agent held for it, if any.</summary>
    public AgentEntry? Gathering;

    /// <summary>Tasks were displaced for it; not before this time others are.</summary>
    public long NoPreemptionBefore;

    /// <summary>Not before this time another agent is held for it.</summary>
    public long NotBefore;

    public bool IsCovered
    {
        get
        {
            for (int i = 0; i < Wanted.Length; i++)
            {
                if (Wanted[i] > Promised[i])
                    return false;
            }
            return true;
        }
    }

    /// <summary>An offer that carried these instances is answered; so many tasks were launched on it.</summary>
    public void Settle(int[] promised, int launched)
    {
        for (int i = 0; i < Promised.Length; i++)
        {
            int used = Math.Min(Math.Min(promised[i], launched), Wanted[i]);
            Promised[i] -= promised[i];
            Wanted[i] -= used;
            launched -= used;
        }
    }
}
