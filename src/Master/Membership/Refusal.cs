using Akka.Actor;

namespace ActorScheduler.Master.Membership;

/// <summary>Decides what a refused connection means. A process whose host answers for it that nobody listens is dead, and need not be waited for.</summary>
internal static class Refusal
{
    /// <summary>Refusals in a row that are proof: a single one may meet a process that is just about to listen.</summary>
    public const int Proof = 2;

    /// <summary>
    /// Whether a member whose port refused <paramref name="refusals"/> connections in a row is to be downed. Only while those that are left are
    /// more than half of all: something between two sides of a split that refuses for hosts (a firewall) must not let both sides go on. What is
    /// not decided here is left to the split brain resolver.
    /// </summary>
    /// <param name="suspect">Who refused.</param>
    /// <param name="refusals">How often.</param>
    /// <param name="members">All members that were not downed yet.</param>
    /// <param name="silent">Those of them that are unreachable or refuse too.</param>
    public static bool IsDeath(Address suspect, int refusals, IReadOnlySet<Address> members, IReadOnlySet<Address> silent) =>
        refusals >= Proof
        && members.Contains(suspect)
        && 2 * members.Count(member => member != suspect && !silent.Contains(member)) > members.Count;
}
