using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// The members that may have a singleton, in the order in which they have a right to it: the oldest first or, where the
/// version of the application counts, the latest version first.
/// </summary>
internal sealed class RoleMembers(string? role, bool considerAppVersion)
{
    private readonly Dictionary<UniqueAddress, Member> _members = [];

    /// <summary>Who has a right to the singleton now.</summary>
    internal Member? First => Entitled.Min(Order);

    internal IEnumerable<Member> Entitled => _members.Values.Where(IsEntitled);

    private IComparer<Member> Order { get; } = considerAppVersion
        ? Comparer<Member>.Create(static (a, b) => b.AppVersion.CompareTo(a.AppVersion) is not 0 and var order ? order : Member.AgeOrdering.Compare(a, b))
        : Member.AgeOrdering;

    internal Member? Find(UniqueAddress node) => _members.GetValueOrDefault(node);

    internal void Take(CurrentClusterState state)
    {
        _members.Clear();
        foreach (var member in state.Members) Take(member);
    }

    /// <returns>Whether the member has the role and was ever up, or is now.</returns>
    internal bool Take(Member member)
    {
        if (!string.IsNullOrEmpty(role) && !member.HasRole(role)) return false;
        // Who was never up never had a singleton.
        if (member.UpNumber == Member.NotUpYet) return false;
        if (member.Status == MemberStatus.Removed) _members.Remove(member.UniqueAddress);
        else _members[member.UniqueAddress] = member;
        return true;
    }

    /// <summary>Those that may have a singleton when this node comes to be the first: nobody else can ever have had one.</summary>
    internal IEnumerable<Member> RivalsOf(UniqueAddress self)
    {
        var own = Find(self);
        return _members.Values.Where(member => member.UniqueAddress != self && (considerAppVersion || own is null || IsBefore(member, own)));
    }

    internal bool IsRival(Member member, UniqueAddress self) => considerAppVersion || Find(self) is not { } own || IsBefore(member, own);

    /// <summary>Whether <paramref name="one"/> has a right to the singleton and comes before <paramref name="other"/>.</summary>
    internal bool HasPrecedence(UniqueAddress one, UniqueAddress other) =>
        Find(one) is { } first && IsEntitled(first) && (Find(other) is not { } second || !IsEntitled(second) || IsBefore(first, second));

    private bool IsBefore(Member one, Member other) => Order.Compare(one, other) < 0;

    private static bool IsEntitled(Member member) => member.Status is MemberStatus.Up or MemberStatus.Leaving;
}
