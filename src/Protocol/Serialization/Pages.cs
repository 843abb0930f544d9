namespace ActorScheduler.Protocol.Serialization;

/// <summary>
/// Cuts lists that grow with the cluster into pages that fit into messages: remoting drops what is larger than
/// <c>akka.remote.dot-netty.tcp.maximum-frame-size</c>.
/// </summary>
public static class Pages
{
    /// <summary>
    /// Most bytes of the items of a page, unless a single one has more. Far below the largest message, so that other messages need
    /// not wait long behind it.
    /// </summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>All items, in order; one page when they fit, also when there are none.</summary>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> items, int mostBytes = MostBytes)
        where T : class
    {
        var pages = new List<IReadOnlyList<T>>();
        int begin = 0;
        do
        {
            int count = CountThatFits(items, begin, mostBytes);
            pages.Add(count == items.Count ? items : [.. items.Skip(begin).Take(count)]);
            begin += count;
        }
        while (begin < items.Count);
        return pages;
    }

    /// <summary>The first page.</summary>
    public static IReadOnlyList<T> First<T>(IReadOnlyList<T> items, int mostBytes = MostBytes)
        where T : class =>
        CountThatFits(items, 0, mostBytes) is var count && count == items.Count ? items : [.. items.Take(count)];

    private static int CountThatFits<T>(IReadOnlyList<T> items, int begin, int mostBytes)
        where T : class
    {
        long bytes = 0;
        for (int i = begin; i < items.Count; i++)
        {
            bytes += WireSize.Of(items[i]);
            if (bytes > mostBytes && i > begin)
                return i - begin;
        }
        return items.Count - begin;
    }
}
