namespace Akka.Util;

/// <summary>Keys with a set of values each, for threads to share.</summary>
public class Index<TKey, TValue>
    where TKey : notnull
{
    private readonly Dictionary<TKey, HashSet<TValue>> _sets = [];

    /// <summary>All values, each once.</summary>
    public HashSet<TValue> Values
    {
        get
        {
            lock (_sets)
            {
                return [.. _sets.Values.SelectMany(set => set)];
            }
        }
    }

    /// <summary>The keys that have a value.</summary>
    public ICollection<TKey> Keys
    {
        get
        {
            lock (_sets)
            {
                return [.. _sets.Keys];
            }
        }
    }

    /// <summary>Whether no key has a value.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_sets)
            {
                return _sets.Count == 0;
            }
        }
    }

    /// <summary>The values of a key; none when it has none.</summary>
    public IEnumerable<TValue> this[TKey index]
    {
        get
        {
            lock (_sets)
            {
                return _sets.TryGetValue(index, out var set) ? [.. set] : [];
            }
        }
    }

    /// <summary>Adds a value to a key; false when it is there already.</summary>
    public bool Put(TKey key, TValue value)
    {
        lock (_sets)
        {
            if (!_sets.TryGetValue(key, out var set))
            {
                _sets[key] = set = [];
            }

            return set.Add(value);
        }
    }

    /// <summary>A value of the key that <paramref name="predicate" /> holds for, or the default.</summary>
    public TValue FindValue(TKey key, Func<TValue, bool> predicate) => this[key].FirstOrDefault(predicate)!;

    /// <summary>Runs <paramref name="fun" /> for each key and value.</summary>
    public void ForEach(Action<TKey, TValue> fun)
    {
        foreach (var key in Keys)
        {
            foreach (var value in this[key])
            {
                fun(key, value);
            }
        }
    }

    /// <summary>Removes one value of a key; false when it is not there.</summary>
    public bool Remove(TKey key, TValue value)
    {
        lock (_sets)
        {
            if (!_sets.TryGetValue(key, out var set) || !set.Remove(value))
            {
                return false;
            }

            if (set.Count == 0)
            {
                _sets.Remove(key);
            }

            return true;
        }
    }

    /// <summary>Removes a key and returns the values that it had.</summary>
    public IEnumerable<TValue> Remove(TKey key)
    {
        lock (_sets)
        {
            return _sets.Remove(key, out var set) ? set : [];
        }
    }

    /// <summary>Removes a value from all keys.</summary>
    public void RemoveValue(TValue value)
    {
        foreach (var key in Keys)
        {
            Remove(key, value);
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        lock (_sets)
        {
            _sets.Clear();
        }
    }
}
