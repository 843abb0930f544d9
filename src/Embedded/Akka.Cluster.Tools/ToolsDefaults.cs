using Akka.Actor;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Client.Serialization;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.PublishSubscribe.Serialization;
using Akka.Cluster.Tools.Singleton;
using Akka.Cluster.Tools.Singleton.Serialization;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Cluster.Tools;

/// <summary>
/// Puts the defaults of the tools below a system's configuration, once. The system's serialization was read before that, so
/// the serializers are added here; bindings that the user gave stay.
/// </summary>
internal sealed class ToolsDefaults : IExtension
{
    private const string Bindings = "akka.actor.serialization-bindings";

    private static readonly Lazy<Config> Reference =
        new(static () => ConfigurationFactory.FromResource("Akka.Cluster.Tools.tools.conf", typeof(ToolsDefaults).Assembly));

    private ToolsDefaults(ExtendedActorSystem system)
    {
        var given = system.Settings.Config;
        system.Settings.InjectTopLevelFallback(Config);
        Bind(
            system, given, "akka-cluster-client", new ClusterClientMessageSerializer(system),
            typeof(IClusterClientMessage), typeof(IClusterClientProtocolMessage));
        Bind(system, given, "akka-pubsub", new DistributedPubSubMessageSerializer(system), typeof(IDistributedPubSubMessage));
        Bind(system, given, "akka-singleton", new ClusterSingletonMessageSerializer(system), typeof(IClusterSingletonMessage));
    }

    internal static Config Config => Reference.Value;

    /// <summary>The section of a system's configuration, with its defaults.</summary>
    internal static Config Section(ActorSystem system, string path)
    {
        Load(system);
        return system.Settings.Config.GetConfig(path) ?? throw new ConfigurationException($"The section [{path}] is no object");
    }

    internal static void Load(ActorSystem system) => system.WithExtension<ToolsDefaults, Provider>();

    private static void Bind(ExtendedActorSystem system, Config given, string name, Serializer serializer, params Type[] types)
    {
        foreach (var type in types)
            if (!given.HasPath($"{Bindings}.\"{type.FullName}, {type.Assembly.GetName().Name}\""))
            {
                system.Serialization.AddSerializer(name, serializer);
                system.Serialization.AddSerializationMap(type, serializer);
            }
    }

    private sealed class Provider : ExtensionIdProvider<ToolsDefaults>
    {
        public override ToolsDefaults CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
