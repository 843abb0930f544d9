using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Event;

namespace ActorScheduler.Protocol.Links;

/// <summary>The link of a host or scheduler outside the cluster: a ClusterClient to any master that answers.</summary>
/// <param name="client">The ClusterClient, or who takes its messages.</param>
public sealed class ClientLink(IActorRef client) : MasterLink
{
    /// <summary>Starts a link.</summary>
    /// <param name="system">A system with remoting that masters can reach.</param>
    /// <param name="contacts">Addresses of masters, as many as are known; one that answers is enough.</param>
    /// <param name="name">Name of the actor.</param>
    /// <param name="file">Where masters that it hears of are kept, and used besides the contacts at the next start; null for nowhere.</param>
    /// <exception cref="ArgumentException">No contacts.</exception>
    public static ClientLink Start(ActorSystem system, IReadOnlyList<Address> contacts, string name = "masters", string? file = null)
    {
        if (contacts.Count == 0)
            throw new ArgumentException("at least one contact is needed", nameof(contacts));
        ContactsFile? kept = file is null ? null : new ContactsFile(file);
        // People write HOST:PORT; whether it is TLS is the same for all nodes of a cluster.
        string protocol = ((ExtendedActorSystem)system).Provider.DefaultAddress.Protocol;
        IImmutableSet<ActorPath> paths =
            [.. contacts.Concat(Read(kept, system)).Select(contact => new RootActorPath(contact.WithProtocol(protocol)) / "system" / "receptionist")];
        IActorRef client = system.ActorOf(MastersActor.Props(ClusterClientSettings.Create(system).WithInitialContacts(paths)), name);
        if (kept is not null)
            system.ActorOf(ContactsActor.Props(client, kept), $"{name}-contacts");
        return new ClientLink(client);
    }

    /// <summary>Masters that it turns to, those included that it has heard of since it started.</summary>
    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    public async Task<IReadOnlyList<Address>> Masters(TimeSpan limit)
    {
        var contacts = await client.Ask<ContactPoints>(GetContactPoints.Instance, limit).ConfigureAwait(false);
        return [.. contacts.ContactPointsList.Select(static path => path.Address).Distinct()];
    }

    /// <inheritdoc/>
    protected override void Deliver(IAllocatorMessage message, IActorRef sender) => Pass(message, sender);

    /// <inheritdoc/>
    protected override void Deliver(IFrameworkMessage message, IActorRef sender) => Pass(message, sender);

    private static IReadOnlyList<Address> Read(ContactsFile? kept, ActorSystem system)
    {
        try
        {
            return kept?.Read() ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            system.Log.Warning("Saved master addresses cannot be read: {Problem}", e.Message);
            return [];
        }
    }

    private void Pass(IProtocolMessage message, IActorRef sender) =>
        client.Tell(new ClusterClient.Send(ClusterNames.Door, message, localAffinity: true), sender);
}
