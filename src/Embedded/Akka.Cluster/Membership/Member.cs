using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>A node as the cluster knows it. Two are equal when they are the same incarnation, whatever their status.</summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>By host and port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>The oldest first: who came up earlier, then by address.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(static (a, b) =>
        a.Equals(b) ? 0 : a.IsOlderThan(b) ? -1 : 1);

    /// <summary>Whoever has not come up yet is younger than all that have.</summary>
    internal const int NotUpYet = int.MaxValue;

    private static readonly Dictionary<MemberStatus, MemberStatus[]> Transitions = new()
    {
        [MemberStatus.Joining] = [MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.WeaklyUp] = [MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Up] = [MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Leaving] = [MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed],
        [MemberStatus.Exiting] = [MemberStatus.Removed, MemberStatus.Down],
        [MemberStatus.Down] = [MemberStatus.Removed],
        [MemberStatus.Removed] = [],
    };

    private static readonly MemberStatus[] Life =
        [MemberStatus.Joining, MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed];

    internal Member(UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles, AppVersion appVersion)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
        AppVersion = appVersion;
    }

    public UniqueAddress UniqueAddress { get; }

    public MemberStatus Status { get; }

    public ImmutableHashSet<string> Roles { get; }

    public AppVersion AppVersion { get; }

    public Address Address => UniqueAddress.Address;

    /// <summary>Its place in the order in which members came up, from 1.</summary>
    internal int UpNumber { get; }

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other) =>
        UpNumber != other.UpNumber ? UpNumber < other.UpNumber : AddressOrdering.Compare(Address, other.Address) < 0;

    /// <summary>The member in another status.</summary>
    /// <exception cref="InvalidOperationException">That status does not follow from this one.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status) return this;
        if (!Transitions[Status].Contains(status)) throw new InvalidOperationException($"Invalid member status transition {Status} -> {status}");
        return new Member(UniqueAddress, UpNumber, status, Roles, AppVersion);
    }

    public Member CopyUp(int upNumber) => new(UniqueAddress, upNumber, Copy(MemberStatus.Up).Status, Roles, AppVersion);

    /// <summary>Of two views of one member, the one that is further on in life.</summary>
    public static Member HighestPriorityOf(Member m1, Member m2) => Further(m1, m2) >= 0 ? m1 : m2;

    public int CompareTo(Member? other) => other is null ? 1 : UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Member);

    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles)}], upNumber={UpNumber}, version={AppVersion})";

    /// <summary>Stands for an incarnation where one is looked up.</summary>
    internal static Member Named(UniqueAddress node) => new(node, NotUpYet, MemberStatus.Joining, [], AppVersion.Zero);

    internal static Member Joining(UniqueAddress node, ImmutableHashSet<string> roles, AppVersion version) =>
        new(node, NotUpYet, MemberStatus.Joining, roles, version);

    /// <summary>Whether it takes part in decisions: its having seen the gossip is waited for.</summary>
    internal bool Converges => Status is MemberStatus.Up or MemberStatus.Leaving;

    private static int Further(Member a, Member b)
    {
        if (a.Status == b.Status) return b.UpNumber.CompareTo(a.UpNumber);
        return Array.IndexOf(Life, a.Status).CompareTo(Array.IndexOf(Life, b.Status));
    }

    private static int CompareAddresses(Address? a, Address? b)
    {
        if (ReferenceEquals(a, b)) return 0;
        if (a is null || b is null) return a is null ? -1 : 1;
        var order = string.CompareOrdinal(a.Host ?? "", b.Host ?? "");
        return order != 0 ? order : (a.Port ?? 0).CompareTo(b.Port ?? 0);
    }
}
