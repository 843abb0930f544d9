using Akka.Actor;

namespace ActorScheduler.Master.Offers;

/// <summary>Whom the allocator speaks to.</summary>
/// <param name="Frameworks">The region of the frameworks' actors.</param>
/// <param name="Announcer">Tells all nodes that a new allocator has begun.</param>
/// <param name="Nodes">Tells the allocator <see cref="NodesPresent"/> and <see cref="NodeLost"/>; null where there is no cluster.</param>
internal sealed record AllocatorSurroundings(IActorRef Frameworks, IActorRef Announcer, Props? Nodes = null);

/// <summary>The nodes that are members now, by address.</summary>
internal sealed record NodesPresent(IReadOnlySet<string> Nodes);

/// <summary>A node is no member any more: it left or was downed.</summary>
internal sealed record NodeLost(string Node);
