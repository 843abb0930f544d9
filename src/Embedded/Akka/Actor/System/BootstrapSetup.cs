using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Configuration and kind of provider of a system.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    internal BootstrapSetup(Option<Config> config, Option<Config> fallback, Option<ProviderSelection> provider)
    {
        Config = config;
        ConfigFallback = fallback;
        ActorRefProvider = provider;
    }

    public Option<Config> Config { get; }

    public Option<ProviderSelection> ActorRefProvider { get; }

    internal Option<Config> ConfigFallback { get; }

    public static BootstrapSetup Create() => new(Option<Config>.None, Option<Config>.None, Option<ProviderSelection>.None);

    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, ConfigFallback, new Option<ProviderSelection>(name));

    /// <summary>Replaces the configuration that would be loaded otherwise.</summary>
    public BootstrapSetup WithConfig(Config config) => new(new Option<Config>(config), ConfigFallback, ActorRefProvider);

    /// <summary>Goes below whatever configuration there is.</summary>
    public BootstrapSetup WithConfigFallback(Config config) => new(
        Config,
        new Option<Config>(ConfigFallback.HasValue ? ConfigFallback.Value.WithFallback(config) : config),
        ActorRefProvider);
}

/// <summary>Kinds of providers: what finds actors, on this node only or beyond.</summary>
public abstract class ProviderSelection
{
    internal const string LocalProvider = "Akka.Actor.LocalActorRefProvider";
    internal const string RemoteProvider = "Akka.Remote.RemoteActorRefProvider, Akka.Remote";
    internal const string ClusterProvider = "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster";

    private protected ProviderSelection(string identifier, string fqn, bool hasCluster)
    {
        Identifier = identifier;
        Fqn = fqn;
        HasCluster = hasCluster;
    }

    internal string Identifier { get; }

    internal string Fqn { get; }

    internal bool HasCluster { get; }

    internal static ProviderSelection Of(string provider) => provider switch
    {
        "local" or LocalProvider or "Akka.Actor.LocalActorRefProvider, Akka" => Local.Instance,
        "remote" or RemoteProvider => Remote.Instance,
        "cluster" or ClusterProvider => Cluster.Instance,
        _ => new Custom(provider),
    };

    /// <summary>This node only.</summary>
    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();

        private Local() : base("local", LocalProvider, hasCluster: false)
        {
        }
    }

    /// <summary>Other nodes by their addresses.</summary>
    public sealed class Remote : ProviderSelection
    {
        public static readonly Remote Instance = new();

        private Remote() : base("remote", RemoteProvider, hasCluster: false)
        {
        }
    }

    /// <summary>The members of a cluster.</summary>
    public sealed class Cluster : ProviderSelection
    {
        public static readonly Cluster Instance = new();

        private Cluster() : base("cluster", ClusterProvider, hasCluster: true)
        {
        }
    }

    /// <summary>A provider of one's own.</summary>
    public sealed class Custom(string fqn, string identifier = "", bool hasCluster = false)
        : ProviderSelection(identifier.Length == 0 ? fqn : identifier, fqn, hasCluster);
}
