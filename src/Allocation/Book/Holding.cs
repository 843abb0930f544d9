using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>What a framework uses on one agent in one role.</summary>
internal sealed class Holding(Subscription subscription)
{
    public readonly Subscription Subscription = subscription;
    public Resources Resources = Resources.Empty;
    public Dictionary<TaskId, TaskSketch>? Tasks;

    /// <summary>Tasks told to make room that have not ended yet.</summary>
    public HashSet<TaskId>? Preempted;
}
