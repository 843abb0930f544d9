using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>What other nodes have, by path, topic and group, so that a message finds its way by one look-up.</summary>
internal sealed class RemoteIndex(Func<string, IActorRef> resolve)
{
    private static readonly List<(RemoteNode Node, IActorRef Actor)> NoActors = [];
    private static readonly List<RemoteNode> NoNodes = [];
    private static readonly Dictionary<string, List<RemoteNode>> NoGroups = [];

    private readonly Dictionary<string, List<(RemoteNode Node, IActorRef Actor)>> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RemoteNode>> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, List<RemoteNode>>> _groups = new(StringComparer.Ordinal);

    internal IEnumerable<string> Topics => _topics.Keys.Concat(_groups.Keys);

    internal List<(RemoteNode Node, IActorRef Actor)> ActorsAt(string path) => _paths.GetValueOrDefault(path, NoActors);

    internal List<RemoteNode> NodesWith(string topic) => _topics.GetValueOrDefault(topic, NoNodes);

    internal Dictionary<string, List<RemoteNode>> GroupsOf(string topic) => _groups.GetValueOrDefault(topic, NoGroups);

    internal void Apply(RemoteNode node, RegistryChange change)
    {
        var (key, actor) = (change.Key, change.Actor);
        switch (key.Kind)
        {
            case RegistryKind.Path:
                Change(_paths, key.Name, actors =>
                {
                    actors.RemoveAll(other => other.Node == node);
                    if (actor is not null) actors.Add((node, resolve(actor)));
                });
                break;
            case RegistryKind.Topic:
                Change(_topics, key.Name, nodes => Change(nodes, node, actor is not null));
                break;
            case RegistryKind.Group:
                if (!_groups.TryGetValue(key.Name, out var groups)) _groups[key.Name] = groups = new(StringComparer.Ordinal);
                Change(groups, key.Group, nodes => Change(nodes, node, actor is not null));
                if (groups.Count == 0) _groups.Remove(key.Name);
                break;
        }
    }

    private static void Change(List<RemoteNode> nodes, RemoteNode node, bool isThere)
    {
        nodes.Remove(node);
        if (isThere) nodes.Add(node);
    }

    private static void Change<T>(Dictionary<string, List<T>> all, string name, Action<List<T>> change)
    {
        if (!all.TryGetValue(name, out var list)) all[name] = list = [];
        change(list);
        if (list.Count == 0) all.Remove(name);
    }
}
