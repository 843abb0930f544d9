using Akka.Actor;
using Akka.Cluster.Specs;
using Akka.Cluster.Tools.Client;

namespace Akka.Cluster.Tools.Specs.Client;

/// <summary>A cluster with receptionists and services.</summary>
public abstract class ClientSpec : ClusterSpec
{
    /// <summary>Nobody is missed for being silent within a spec.</summary>
    protected const string PatientClient = "akka.cluster.client.acceptable-heartbeat-pause = 60 s";

    protected async Task<Cluster[]> FormWithReceptionists(int count, string config = "")
    {
        var nodes = await Form(count, config);
        foreach (var node in nodes) _ = ClusterClientReceptionist.Get(node.System);
        return nodes;
    }

    /// <summary>An actor under /user/service that answers by its node's address, or keeps what it got and gives it back.</summary>
    protected static IActorRef Service(Cluster node)
    {
        var service = node.System.ActorOf(Props.Create(() => new ServiceActor()), "service");
        ClusterClientReceptionist.Get(node.System).RegisterService(service);
        return service;
    }

    protected static async Task<IReadOnlySet<IActorRef>> ClientsOf(Cluster node) =>
        (await ClusterClientReceptionist.Get(node.System).Underlying.Ask<ClusterClients>(GetClusterClients.Instance, Limit)).ClusterClientsList.ToHashSet();

    /// <summary>The node whose receptionist the client uses, of those that it may.</summary>
    protected static async Task<Cluster> ReceptionistOf(IActorRef client, params Cluster[] nodes)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            foreach (var node in nodes)
                if ((await ClientsOf(node)).Any(known => known.Path.Uid == client.Path.Uid))
                    return node;
            Assert.False(limit.IsCancellationRequested, $"{client} found no receptionist");
            await Task.Delay(20);
        }
    }

    /// <summary>Asks again until there is an answer: what is sent meanwhile may be lost.</summary>
    protected static async Task<Address> EventuallyAnswered(IActorRef client, bool localAffinity = true)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            try
            {
                return await client.Ask<Address>(new ClusterClient.Send("/user/service", "where", localAffinity), TimeSpan.FromMilliseconds(300));
            }
            catch (AskTimeoutException) when (!limit.IsCancellationRequested)
            {
                // Lost, or nobody to send it to yet.
            }
        }
    }

    private sealed class ServiceActor : ReceiveActor
    {
        public ServiceActor()
        {
            var got = new List<string>();
            Receive<string>(message =>
            {
                switch (message)
                {
                    case "where":
                        Sender.Tell(Cluster.Get(Context.System).SelfAddress);
                        break;
                    case "what":
                        Sender.Tell(string.Join(",", got));
                        break;
                    case "twice":
                        Sender.Tell("first");
                        Sender.Tell("second");
                        break;
                    default:
                        got.Add(message);
                        break;
                }
            });
            Receive<WatchMe>(_ => Context.Watch(Sender));
            Receive<Terminated>(_ => got.Add("terminated"));
        }
    }

    /// <summary>Asks the service to watch the sender.</summary>
    protected sealed class WatchMe;
}
