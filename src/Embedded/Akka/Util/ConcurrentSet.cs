using System.Collections;
using System.Collections.Concurrent;

namespace Akka.Util;

/// <summary>A set that threads can share.</summary>
public class ConcurrentSet<T> : ICollection<T>
    where T : notnull
{
    private readonly ConcurrentDictionary<T, byte> _items;

    /// <inheritdoc cref="ConcurrentSet{T}" />
    public ConcurrentSet()
    {
        _items = new ConcurrentDictionary<T, byte>();
    }

    /// <summary>A set of these elements.</summary>
    public ConcurrentSet(IEnumerable<T> collection)
        : this(collection, EqualityComparer<T>.Default)
    {
    }

    /// <summary>A set with its own notion of equality.</summary>
    public ConcurrentSet(IEqualityComparer<T> comparer)
    {
        _items = new ConcurrentDictionary<T, byte>(comparer);
    }

    /// <summary>A set with room for <paramref name="capacity" /> elements.</summary>
    public ConcurrentSet(int concurrencyLevel, int capacity)
    {
        _items = new ConcurrentDictionary<T, byte>(concurrencyLevel, capacity);
    }

    /// <summary>A set of these elements with its own notion of equality.</summary>
    public ConcurrentSet(IEnumerable<T> collection, IEqualityComparer<T> comparer)
    {
        _items = new ConcurrentDictionary<T, byte>(Pairs(collection), comparer);
    }

    /// <summary>A set of these elements with its own notion of equality.</summary>
    public ConcurrentSet(int concurrencyLevel, IEnumerable<T> collection, IEqualityComparer<T> comparer)
    {
        _items = new ConcurrentDictionary<T, byte>(concurrencyLevel, Pairs(collection), comparer);
    }

    /// <summary>A set with room for <paramref name="capacity" /> elements and its own notion of equality.</summary>
    public ConcurrentSet(int concurrencyLevel, int capacity, IEqualityComparer<T> comparer)
    {
        _items = new ConcurrentDictionary<T, byte>(concurrencyLevel, capacity, comparer);
    }

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => _items.IsEmpty;

    /// <summary>How many elements there are.</summary>
    public int Count => _items.Count;

    bool ICollection<T>.IsReadOnly => false;

    /// <summary>Adds an element; false when it is there already.</summary>
    public bool TryAdd(T item) => _items.TryAdd(item, 0);

    /// <summary>Removes an element; false when it is not there.</summary>
    public bool TryRemove(T item) => _items.TryRemove(item, out _);

    /// <summary>Whether the element is there.</summary>
    public bool Contains(T item) => _items.ContainsKey(item);

    /// <summary>Removes all elements.</summary>
    public void Clear() => _items.Clear();

    void ICollection<T>.Add(T item) => _items.TryAdd(item, 0);

    void ICollection<T>.CopyTo(T[] array, int arrayIndex) => _items.Keys.CopyTo(array, arrayIndex);

    bool ICollection<T>.Remove(T item) => TryRemove(item);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => _items.Select(pair => pair.Key).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    private static IEnumerable<KeyValuePair<T, byte>> Pairs(IEnumerable<T> collection) =>
        collection.Select(item => new KeyValuePair<T, byte>(item, 0));
}
