using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;

namespace ActorScheduler.Protocol;

/// <summary>Configuration that every node and every client falls back to.</summary>
public static class ProtocolConfig
{
    /// <summary>How messages are written: the product's own, and the envelopes that Akka.NET's modules send them in.</summary>
    public static Config Default { get; } = Of("protocol.conf").WithFallback(Modules());

    /// <summary>hocon/reference.conf: every key of the product with its default, and the settings of Akka.NET. With how messages are written.</summary>
    public static Config Reference { get; } = Of("reference.conf").WithFallback(Default);

    private static Config Of(string name) => ConfigurationFactory.FromResource($"ActorScheduler.Protocol.{name}", typeof(ProtocolConfig).Assembly);

    /// <summary>
    /// Akka.NET reads the table of serializers once, when a system is made, and its modules add theirs only when they are first used:
    /// too late for what they send.
    /// </summary>
    private static Config Modules() => ClusterSharding.DefaultConfig()
        .WithFallback(ClusterClientReceptionist.DefaultConfig())
        .WithFallback(DistributedPubSub.DefaultConfig())
        .WithFallback(ClusterSingleton.DefaultConfig());
}
