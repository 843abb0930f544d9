using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Tools.Client;

/// <summary>The clients of a receptionist, by their heartbeats, and who wants to hear of changes.</summary>
internal sealed class ClientRegister(ClusterReceptionistSettings settings)
{
    private readonly Dictionary<IActorRef, DeadlineFailureDetector> _clients = [];
    private readonly HashSet<IActorRef> _subscribers = [];

    internal ImmutableHashSet<IActorRef> All => [.. _clients.Keys];

    /// <returns>Whether the client is a new one.</returns>
    internal bool Heard(IActorRef client)
    {
        var isNew = !_clients.TryGetValue(client, out var detector);
        if (isNew) _clients[client] = detector = new DeadlineFailureDetector(settings.AcceptableHeartbeatPause, settings.HeartbeatInterval);
        detector!.HeartBeat();
        if (isNew) Tell(new ClusterClientUp(client));
        return isNew;
    }

    /// <summary>Lets go those that have been silent for too long.</summary>
    internal IReadOnlyList<IActorRef> Check()
    {
        var gone = _clients.Where(static client => !client.Value.IsAvailable).Select(static client => client.Key).ToArray();
        foreach (var client in gone)
        {
            _clients.Remove(client);
            Tell(new ClusterClientUnreachable(client));
        }

        return gone;
    }

    internal void Subscribe(IActorRef subscriber)
    {
        _subscribers.Add(subscriber);
        subscriber.Tell(new ClusterClients(All));
    }

    internal void Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    private void Tell(IClusterClientInteraction change)
    {
        foreach (var subscriber in _subscribers) subscriber.Tell(change);
    }
}
