namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>
/// The registry of one node, as that node or another one knows it. Entries that are gone stay as such for a while, so that
/// others hear of it; who was away for longer gets the whole registry again.
/// </summary>
internal sealed class Bucket(UniqueAddress owner)
{
    private readonly Dictionary<RegistryKey, RegistryChange> _entries = [];
    private readonly Dictionary<RegistryKey, long> _goneSince = [];
    private long _forgottenUpTo;

    internal UniqueAddress Owner => owner;

    internal long Version { get; private set; }

    internal IEnumerable<RegistryChange> Present => _entries.Values.Where(static entry => entry.Actor is not null);

    /// <summary>A change of this node's own registry.</summary>
    /// <param name="actor">Null when the entry is gone.</param>
    internal void Set(RegistryKey key, string? actor)
    {
        if (_entries.TryGetValue(key, out var before) ? before.Actor == actor : actor is null) return;
        Take(new RegistryChange(key, ++Version, actor));
    }

    /// <summary>What to tell somebody who knows an earlier version.</summary>
    /// <param name="most">So many changes at most; the rest when that version is known.</param>
    internal BucketDelta After(long known, int most)
    {
        if (known < _forgottenUpTo || known == 0)
        {
            var all = _entries.Values.Where(static entry => entry.Actor is not null).OrderBy(static entry => entry.Version).ToList();
            // What was forgotten would be asked for again and again if this were cut short.
            return _forgottenUpTo == 0 && all.Count > most
                ? new BucketDelta(owner, 0, all[most - 1].Version, all[..most])
                : new BucketDelta(owner, 0, Version, all);
        }

        var later = _entries.Values.Where(entry => entry.Version > known).OrderBy(static entry => entry.Version).ToList();
        return later.Count > most
            ? new BucketDelta(owner, known, later[most - 1].Version, later[..most])
            : new BucketDelta(owner, known, Version, later);
    }

    /// <summary>Takes what another node told.</summary>
    /// <param name="applied">Called for each entry that comes, or goes.</param>
    /// <returns>False when the changes begin later than what is known here.</returns>
    internal bool Merge(BucketDelta delta, Action<RegistryChange> applied)
    {
        if (delta.Since > Version) return false;
        if (delta.Version <= Version) return true;
        if (delta.Since == 0)
        {
            foreach (var entry in Present) applied(entry with { Actor = null });
            _entries.Clear();
            _goneSince.Clear();
            // Whoever knows less than this cannot be brought up to it by what is remembered here.
            _forgottenUpTo = delta.Version;
        }

        foreach (var change in delta.Changes)
        {
            if (change.Version <= Version && delta.Since != 0) continue;
            Take(change);
            applied(change);
        }

        Version = delta.Version;
        return true;
    }

    /// <summary>Forgets entries that have been gone for so long.</summary>
    internal void Prune(TimeSpan age)
    {
        foreach (var (key, _) in _goneSince.Where(gone => TimeProvider.System.GetElapsedTime(gone.Value) > age).ToArray())
        {
            _forgottenUpTo = Math.Max(_forgottenUpTo, _entries[key].Version);
            _entries.Remove(key);
            _goneSince.Remove(key);
        }
    }

    private void Take(RegistryChange change)
    {
        _entries[change.Key] = change;
        if (change.Actor is null) _goneSince[change.Key] = TimeProvider.System.GetTimestamp();
        else _goneSince.Remove(change.Key);
    }
}
