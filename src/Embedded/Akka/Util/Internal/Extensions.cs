using Akka.Configuration.Hocon;

namespace Akka.Util.Internal;

/// <summary>Small helpers on collections, strings and durations.</summary>
public static class Extensions
{
    /// <summary>Casts.</summary>
    public static T AsInstanceOf<T>(this object self) => (T)self;

    /// <summary>Splits a path at its dots, but not at those between double quotes; the quotes go.</summary>
    public static IEnumerable<string> SplitDottedPathHonouringQuotes(this string path) => HoconPath.Split(path);

    /// <summary>The text in double quotes.</summary>
    public static string BetweenDoubleQuotes(this string self) => $"\"{self}\"";

    /// <summary>The texts with <paramref name="separator" /> between them.</summary>
    public static string Join(this IEnumerable<string> self, string separator) => string.Join(separator, self);

    /// <summary>Adds an entry and returns the dictionary.</summary>
    public static IDictionary<TKey, TValue> AddAndReturn<TKey, TValue>(this IDictionary<TKey, TValue> hash, TKey key, TValue value)
    {
        hash[key] = value;
        return hash;
    }

    /// <summary>Sets an entry, there already or not.</summary>
    public static void AddOrSet<TKey, TValue>(this IDictionary<TKey, TValue> hash, TKey key, TValue value) => hash[key] = value;

    /// <summary>An entry's value, or <paramref name="elseValue" />.</summary>
    public static TValue GetOrElse<TKey, TValue>(this IDictionary<TKey, TValue> hash, TKey key, TValue elseValue) =>
        hash.TryGetValue(key, out var value) ? value : elseValue;

    /// <summary>The first element.</summary>
    public static T Head<T>(this IEnumerable<T> self) => self.FirstOrDefault()!;

    /// <summary>The elements and one more.</summary>
    public static IEnumerable<T> Concat<T>(this IEnumerable<T> enumerable, T item) => enumerable.Append(item);

    /// <summary>All but the last <paramref name="count" /> elements.</summary>
    public static IEnumerable<T> Drop<T>(this IEnumerable<T> self, int count) => self.SkipLast(count);

    /// <summary>The last <paramref name="n" /> elements.</summary>
    public static IEnumerable<T> TakeRight<T>(this IEnumerable<T> self, int n) => self.TakeLast(n);

    /// <summary>Runs <paramref name="action" /> for each element.</summary>
    public static void ForEach<T>(this IEnumerable<T> source, Action<T> action)
    {
        foreach (var item in source)
        {
            action(item);
        }
    }

    /// <summary>The longer duration.</summary>
    public static TimeSpan Max(this TimeSpan @this, TimeSpan other) => @this > other ? @this : other;

    /// <summary>The shorter duration.</summary>
    public static TimeSpan Min(this TimeSpan @this, TimeSpan other) => @this < other ? @this : other;
}
