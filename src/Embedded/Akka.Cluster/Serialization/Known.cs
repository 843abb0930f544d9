using System.Collections.Concurrent;

namespace Akka.Cluster.Serialization;

/// <summary>Values that were read from a text before, so that they need not be read again. Bounded: a full one begins anew.</summary>
internal sealed class Known<T>
    where T : class
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, T> _values = new(StringComparer.Ordinal);

    internal T Get(string text, Func<string, T> read)
    {
        if (_values.TryGetValue(text, out var known)) return known;
        var value = read(text);
        if (_values.Count >= Most) _values.Clear();
        _values[text] = value;
        return value;
    }
}
