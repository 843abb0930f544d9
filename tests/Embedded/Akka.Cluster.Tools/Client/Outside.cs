using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Specs.Client;

/// <summary>A system that is in no cluster, with clients of one.</summary>
internal sealed class Outside : IAsyncDisposable
{
    private Outside(ActorSystem system) => System = system;

    internal ActorSystem System { get; }

    internal static Outside Start(string config = "") => new(ActorSystem.Create("outside", ConfigurationFactory.ParseString(config).WithFallback("""
        akka {
          loglevel = WARNING
          stdout-loglevel = OFF
          actor.provider = remote
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          remote.retry-gate-closed-for = 200 ms
          cluster.client { establishing-get-contacts-interval = 200 ms, refresh-contacts-interval = 200 ms }
        }
        """)));

    internal static ActorPath ReceptionistOf(Cluster node) => new RootActorPath(node.SelfAddress) / "system" / "receptionist";

    internal IActorRef Client(params Cluster[] contacts) => Client(settings => settings, [.. contacts.Select(ReceptionistOf)]);

    internal IActorRef Client(Func<ClusterClientSettings, ClusterClientSettings> change, params ActorPath[] contacts) => System.ActorOf(
        ClusterClient.Props(change(ClusterClientSettings.Create(System).WithInitialContacts(contacts.ToImmutableHashSet()))));

    public async ValueTask DisposeAsync()
    {
        ((ExtendedActorSystem)System).Abort();
        await System.WhenTerminated;
    }
}
