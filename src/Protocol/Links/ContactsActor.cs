using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Event;

namespace ActorScheduler.Protocol.Links;

/// <summary>Writes down the masters that a ClusterClient hears of.</summary>
internal sealed class ContactsActor : ReceiveActor
{
    private readonly IActorRef _client;

    public ContactsActor(IActorRef client, ContactsFile file)
    {
        _client = client;
        ILoggingAdapter log = Context.GetLogger();
        Receive<ContactPointAdded>(added => Keep(added.ContactPoint.Address));
        // It may have heard of some before it was asked.
        Receive<ContactPoints>(points =>
        {
            foreach (Address address in points.ContactPointsList.Select(static path => path.Address).Where(address => !file.Has(address)))
                Keep(address);
        });
        // What is not to be used now may be back at the next start.
        Receive<ContactPointRemoved>(static _ => { });

        void Keep(Address address)
        {
            try
            {
                file.Add(address);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.Warning("Master address {Address} cannot be saved for the next start: {Problem}", address, e.Message);
            }
        }
    }

    public static Props Props(IActorRef client, ContactsFile file) => Akka.Actor.Props.Create(() => new ContactsActor(client, file));

    protected override void PreStart() => _client.Tell(SubscribeContactPoints.Instance);
}
