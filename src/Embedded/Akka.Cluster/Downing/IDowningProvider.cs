using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Cluster;

/// <summary>Decides what becomes of members that cannot be reached. Constructed with (ActorSystem, Cluster).</summary>
public interface IDowningProvider
{
    /// <summary>How long singletons and shards of a removed member wait before they start elsewhere.</summary>
    TimeSpan DownRemovalMargin { get; }

    /// <summary>The actor that decides; null for none.</summary>
    Props? DowningActorProps { get; }
}

/// <summary>Leaves it to operators.</summary>
public sealed class NoDowning(ActorSystem system, Cluster cluster) : IDowningProvider
{
    public TimeSpan DownRemovalMargin => cluster.Settings.DownRemovalMargin ?? TimeSpan.Zero;

    public Props? DowningActorProps => null;

    /// <summary>The system it serves.</summary>
    internal ActorSystem System => system;
}

/// <summary>Makes the provider that the configuration names.</summary>
internal static class DowningProviders
{
    internal static IDowningProvider Load(string typeName, ActorSystem system, Cluster cluster) => string.IsNullOrEmpty(typeName)
        ? new NoDowning(system, cluster)
        : ConfiguredType.Find(typeName, "akka.cluster.downing-provider-class") is var type && typeof(IDowningProvider).IsAssignableFrom(type)
            ? (IDowningProvider)Activator.CreateInstance(type, system, cluster)!
            : throw new ConfigurationException($"The type [{typeName}] configured as akka.cluster.downing-provider-class is no {typeof(IDowningProvider).FullName}");
}
