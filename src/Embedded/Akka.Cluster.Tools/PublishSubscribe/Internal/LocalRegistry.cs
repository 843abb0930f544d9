using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>The actors of this node by path, topic and group. What others have to hear of goes to its bucket.</summary>
internal sealed class LocalRegistry(Bucket bucket)
{
    /// <summary>Any value but null says that there is somebody.</summary>
    private const string Somebody = "";

    private static readonly List<IActorRef> Nobody = [];

    private readonly Dictionary<RegistryKey, List<IActorRef>> _actors = [];
    private readonly Dictionary<string, HashSet<string>> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<IActorRef, HashSet<RegistryKey>> _keys = [];

    internal IEnumerable<string> Topics => _actors.Keys.Where(static key => key.Kind != RegistryKind.Path).Select(static key => key.Name);

    internal IReadOnlyCollection<string> GroupsOf(string topic) => _groups.TryGetValue(topic, out var groups) ? groups : [];

    internal IActorRef? At(string path) => _actors.TryGetValue(RegistryKey.Path(path), out var actors) ? actors[0] : null;

    internal List<IActorRef> SubscribersOf(string topic, string? group = null) => _actors.GetValueOrDefault(RegistryKey.Of(topic, group), Nobody);

    /// <returns>Whether the actor was in here under no other key.</returns>
    internal bool Add(RegistryKey key, IActorRef actor)
    {
        if (!_actors.TryGetValue(key, out var actors)) _actors[key] = actors = [];
        // A path has one actor: the last that was registered.
        if (key.Kind == RegistryKind.Path && !actors.Contains(actor))
            foreach (var other in actors.ToArray())
                Remove(key, other);
        if (!actors.Contains(actor)) actors.Add(actor);
        _actors[key] = actors;
        if (key.Kind == RegistryKind.Group)
        {
            if (!_groups.TryGetValue(key.Name, out var groups)) _groups[key.Name] = groups = new(StringComparer.Ordinal);
            groups.Add(key.Group);
        }

        bucket.Set(key, key.Kind == RegistryKind.Path ? Akka.Serialization.Serialization.SerializedActorPath(actor) : Somebody);
        var isNew = !_keys.TryGetValue(actor, out var keys);
        if (isNew) _keys[actor] = keys = [];
        keys!.Add(key);
        return isNew;
    }

    /// <returns>Whether the actor is in here under no key any more.</returns>
    internal bool Remove(RegistryKey key, IActorRef actor)
    {
        if (!_keys.TryGetValue(actor, out var keys) || !keys.Remove(key)) return false;
        var actors = _actors[key];
        actors.Remove(actor);
        if (actors.Count == 0)
        {
            _actors.Remove(key);
            bucket.Set(key, null);
            if (key.Kind == RegistryKind.Group && _groups.TryGetValue(key.Name, out var groups) && groups.Remove(key.Group) && groups.Count == 0)
                _groups.Remove(key.Name);
        }

        if (keys.Count > 0) return false;
        _keys.Remove(actor);
        return true;
    }

    internal void RemoveAll(IActorRef actor)
    {
        foreach (var key in _keys.GetValueOrDefault(actor, []).ToArray()) Remove(key, actor);
    }
}
