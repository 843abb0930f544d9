using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>A framework in a role does not want these resources of this agent, or fewer, until a time.</summary>
internal sealed class RefuseFilter(Subscription subscription, AgentEntry agent, Resources refused, long until)
{
    public readonly Subscription Subscription = subscription;
    public readonly AgentEntry Agent = agent;
    public readonly Resources Refused = refused;
    public readonly long Until = until;
    public bool IsRemoved;

    /// <summary>Another filter of the same pair.</summary>
    public RefuseFilter? NextOfPair;
    public RefuseFilter? Older;
    public RefuseFilter? Newer;
}
