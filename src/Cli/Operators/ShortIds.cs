namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Ids in lists, as short as they can be and still mean one: the beginning of each that no other has, and no shorter than people
/// recognize. Commands take what is listed.
/// </summary>
internal sealed class ShortIds
{
    /// <summary>Fewest characters: a shorter one would soon mean another thing too.</summary>
    private const int Least = 8;

    private readonly string[] _sorted;

    /// <param name="ids">All ids of the kind that there are.</param>
    internal ShortIds(IEnumerable<string> ids) => _sorted = [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The beginning of an id that means it alone.</summary>
    internal string Of(string id)
    {
        int at = Array.BinarySearch(_sorted, id, StringComparer.Ordinal);
        if (at < 0)
            return id;
        // Those that share most with it stand beside it.
        int shared = Math.Max(at > 0 ? Shared(id, _sorted[at - 1]) : 0, at + 1 < _sorted.Length ? Shared(id, _sorted[at + 1]) : 0);
        return id[..Math.Min(id.Length, Math.Max(Least, shared + 1))];
    }

    private static int Shared(string left, string right) => left.AsSpan().CommonPrefixLength(right);
}
