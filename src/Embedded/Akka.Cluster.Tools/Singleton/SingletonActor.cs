using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Describes a singleton for <see cref="ClusterSingleton.Init"/>.</summary>
public class SingletonActor
{
    private SingletonActor(string name, Props props, Option<object> stopMessage, Option<ClusterSingletonSettings> settings)
    {
        Name = name;
        Props = props;
        StopMessage = stopMessage;
        Settings = settings;
    }

    /// <summary>Its name, which no other singleton of the cluster has.</summary>
    public string Name { get; }

    public Props Props { get; }

    /// <summary>What it is told before it is handed over; a <see cref="PoisonPill"/> if nothing is given.</summary>
    public Option<object> StopMessage { get; }

    /// <summary>Its settings; those of the system if none are given.</summary>
    public Option<ClusterSingletonSettings> Settings { get; }

    public static SingletonActor Create(Props props, string name) =>
        new(name, props, Option<object>.None, Option<ClusterSingletonSettings>.None);

    public SingletonActor WithProps(Props props) => new(Name, props, StopMessage, Settings);

    public SingletonActor WithStopMessage(object stopMessage) => new(Name, Props, stopMessage, Settings);

    public SingletonActor WithSettings(ClusterSingletonSettings settings) => new(Name, Props, StopMessage, settings);
}
