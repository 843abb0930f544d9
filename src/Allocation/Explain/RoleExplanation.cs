using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Explain;

/// <summary>How a role stands.</summary>
/// <param name="Role">Which role.</param>
/// <param name="Weight">Relative to its siblings.</param>
/// <param name="Share">Dominant share of the cluster, not yet divided by the weight; from 0 to 1.</param>
/// <param name="Allocated">Scalars that it and the roles below hold, offers included.</param>
/// <param name="Consumed">What quota counts: unreserved allocation and all reservations. Top-level roles only, else zero.</param>
/// <param name="Guarantees">Guaranteed by quota.</param>
/// <param name="Limits">Thousandths by name that it may not exceed.</param>
/// <param name="Owed">What is still owed of the guarantees.</param>
/// <param name="Frameworks">Frameworks subscribed in it and below.</param>
/// <param name="Wanting">Those of them that want offers now.</param>
/// <param name="Remarks">What keeps the role from offers, for people; empty when nothing does.</param>
public sealed record RoleExplanation(
    string Role, double Weight, double Share, Quantities Allocated, Quantities Consumed, Quantities Guarantees,
    IReadOnlyDictionary<ResourceName, long> Limits, Quantities Owed, int Frameworks, int Wanting, IReadOnlyList<string> Remarks);
