using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>Something a framework wants to run: how large, how often. Offers are cut to what fits.</summary>
/// <param name="Size">Scalars of one instance; not all zero.</param>
/// <param name="Count">How many instances; at least 1.</param>
/// <param name="Ports">Ports of one instance, any numbers.</param>
/// <param name="Priority">Tasks of the same role with a lower priority may be displaced for it after a while.</param>
public sealed record RequestedSize(Quantities Size, int Count = 1, int Ports = 0, int Priority = 0);
