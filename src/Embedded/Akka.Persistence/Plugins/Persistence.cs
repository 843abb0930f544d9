using Akka.Actor;
using Akka.Configuration;

namespace Akka.Persistence;

/// <summary>Names the persistence extension; <c>Persistence.Instance.Apply(system)</c> gives it.</summary>
public sealed class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    public static Persistence Instance { get; } = new();

    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);

    /// <summary>The defaults of all keys under akka.persistence.</summary>
    public static Config DefaultConfig() => ConfigurationFactory.FromResource<Persistence>("Akka.Persistence.persistence.conf");
}
