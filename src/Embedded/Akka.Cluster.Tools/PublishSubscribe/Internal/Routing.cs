using Akka.Configuration;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>Who of several gets a message that is for one of them.</summary>
internal enum Routing
{
    Random,
    RoundRobin,

    /// <summary>All of them do.</summary>
    Broadcast,
}

/// <summary>Picks one of several.</summary>
internal sealed class Picker(Routing routing)
{
    private uint _turn;

    internal bool PicksAll => routing == Routing.Broadcast;

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    internal int Pick(int count) => routing == Routing.RoundRobin ? (int)(_turn++ % (uint)count) : System.Random.Shared.Next(count);

    internal static Routing Parse(string name) => name switch
    {
        "random" => Routing.Random,
        "round-robin" => Routing.RoundRobin,
        "broadcast" => Routing.Broadcast,
        _ => throw new ConfigurationException($"akka.cluster.pub-sub.routing-logic = {name}: expected random, round-robin or broadcast"),
    };
}
