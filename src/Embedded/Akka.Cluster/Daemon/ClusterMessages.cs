using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Gossiping;
using Akka.Util;

namespace Akka.Cluster
{
    /// <summary>Marks what nodes say to each other about membership.</summary>
    public interface IClusterMessage;
}

namespace Akka.Cluster.Daemon
{
    /// <summary>May I join? With the settings that must be the same everywhere.</summary>
    internal sealed record InitJoin(string Compatibility) : IClusterMessage;

    /// <summary>You may; or, when the settings differ, you may not.</summary>
    internal sealed record InitJoinAck(Address Address, bool IsCompatible, string Compatibility) : IClusterMessage;

    /// <summary>I am in no cluster myself.</summary>
    internal sealed record InitJoinNack(Address Address) : IClusterMessage;

    /// <summary>Take me in.</summary>
    internal sealed record Join(UniqueAddress Node, ImmutableHashSet<string> Roles, AppVersion Version) : IClusterMessage;

    /// <summary>You are in; this is what I know.</summary>
    internal sealed record Welcome(UniqueAddress From, Gossip Gossip) : IClusterMessage;

    /// <summary>This is what I know.</summary>
    internal sealed record GossipEnvelope(UniqueAddress From, UniqueAddress To, Gossip Gossip) : IClusterMessage;

    /// <summary>This is the version that I know, and who has seen it; tell me if you know more.</summary>
    internal sealed record GossipStatus(UniqueAddress From, VersionVector Version, ImmutableHashSet<UniqueAddress> Seen) : IClusterMessage;

    /// <summary>I am done leaving; do not wait for me.</summary>
    internal sealed record ExitingConfirmed(UniqueAddress Node) : IClusterMessage;

    /// <summary>Are you there?</summary>
    internal sealed record Heartbeat(Address From, long Sequence) : IClusterMessage;

    /// <summary>Yes.</summary>
    internal sealed record HeartbeatRsp(UniqueAddress From, long Sequence) : IClusterMessage;

    // Commands of this node to its own daemon.
    internal sealed record JoinTo(Address Address);

    internal sealed record JoinSeedNodes(ImmutableList<Address> SeedNodes);

    internal sealed record Leave(Address Address);

    /// <summary>One incarnation, or without a uid whichever is there.</summary>
    internal sealed record Down(Address Address, int? Uid = null);

    internal sealed record ExitingCompleted;

    internal sealed record NodeReachability(ImmutableHashSet<UniqueAddress> Unreachable, ImmutableHashSet<UniqueAddress> Monitored);

    /// <summary>
    /// Members that should have answered long ago, given up or not: that one is given up comes another way, and later than this
    /// would. On the event stream, at each change.
    /// </summary>
    internal sealed record LateMembers(ImmutableHashSet<UniqueAddress> Nodes);

    internal sealed record MembersToMonitor(UniqueAddress Self, ImmutableSortedSet<Member> Members);
}
