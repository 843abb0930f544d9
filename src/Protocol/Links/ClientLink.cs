using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Client;

namespace ActorScheduler.Protocol.Links;

/// <summary>The link of a host or scheduler outside the cluster: a ClusterClient to any master that answers.</summary>
/// <param name="client">The ClusterClient.</param>
public sealed class ClientLink(IActorRef client) : MasterLink
{
    /// <summary>Starts a link.</summary>
    /// <param name="system">A system with remoting that masters can reach.</param>
    /// <param name="contacts">Addresses of masters, as many as are known; one that answers is enough.</param>
    /// <param name="name">Name of the actor.</param>
    /// <exception cref="ArgumentException">No contacts.</exception>
    public static ClientLink Start(ActorSystem system, IReadOnlyList<Address> contacts, string name = "masters")
    {
        if (contacts.Count == 0)
            throw new ArgumentException("at least one contact is needed", nameof(contacts));
        IImmutableSet<ActorPath> paths = [.. contacts.Select(static contact => new RootActorPath(contact) / "system" / "receptionist")];
        return new ClientLink(system.ActorOf(ClusterClient.Props(ClusterClientSettings.Create(system).WithInitialContacts(paths)), name));
    }

    /// <inheritdoc/>
    public override void Send(IAllocatorMessage message, IActorRef sender) => Deliver(message, sender);

    /// <inheritdoc/>
    public override void Send(IFrameworkMessage message, IActorRef sender) => Deliver(message, sender);

    private void Deliver(IProtocolMessage message, IActorRef sender) =>
        client.Tell(new ClusterClient.Send(ClusterNames.Door, message, localAffinity: true), sender);
}
