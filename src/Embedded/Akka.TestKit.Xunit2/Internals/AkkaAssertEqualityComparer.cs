using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Equality as tests mean it: sequences are equal when their elements are.</summary>
public class AkkaAssertEqualityComparer<T>(bool skipTypeCheck = false, IEqualityComparer? innerComparer = null) : IEqualityComparer<T>
{
    public bool Equals(T? x, T? y)
    {
        if (x is null || y is null) return x is null && y is null;
        if (!skipTypeCheck && !typeof(T).IsInterface && x.GetType() != y.GetType() && x is not IEnumerable) return x.Equals(y);
        if (x is IEquatable<T> equatable) return equatable.Equals(y);
        if (x is IComparable<T> ordered) return ordered.CompareTo(y) == 0;
        if (x is string || y is string || x is not IEnumerable left || y is not IEnumerable right) return object.Equals(x, y);
        return Same(left, right);
    }

    public int GetHashCode(T obj) => obj?.GetHashCode() ?? 0;

    private bool Same(IEnumerable left, IEnumerable right)
    {
        var (a, b) = (left.GetEnumerator(), right.GetEnumerator());
        while (true)
        {
            var (more, moreOthers) = (a.MoveNext(), b.MoveNext());
            if (!more || !moreOthers) return more == moreOthers;
            var equal = innerComparer?.Equals(a.Current, b.Current) ?? new AkkaAssertEqualityComparer<object>().Equals(a.Current, b.Current);
            if (!equal) return false;
        }
    }
}
