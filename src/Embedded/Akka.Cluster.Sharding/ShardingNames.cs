using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Names of the actors of sharding, the same on all nodes. Ids are escaped so that anything may be one.</summary>
internal static class ShardingNames
{
    /// <summary>The coordinator below its singleton manager.</summary>
    internal const string Singleton = "singleton";
    internal const string Coordinator = "coordinator";

    internal static string Guardian(ActorSystem system) => system.Settings.Config.GetString("akka.cluster.sharding.guardian-name");

    internal static string Region(string typeName) => Escape(typeName);

    internal static string Proxy(string typeName) => Escape(typeName) + "Proxy";

    internal static string Manager(string typeName) => Escape(typeName) + "Coordinator";

    internal static string Escape(string id) => Uri.EscapeDataString(id);

    internal static string Unescape(string name) => Uri.UnescapeDataString(name);
}
