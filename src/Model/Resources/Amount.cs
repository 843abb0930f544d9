namespace ActorScheduler.Model;

/// <summary>How much there is of one <see cref="ResourceKey"/>: thousandths, runs or words by the key's kind.</summary>
/// <param name="Number">
/// Thousandths of a unit for a divisible scalar. For an indivisible key (see <see cref="ResourceKey.IsIndivisible"/>) the number
/// of copies.
/// </param>
/// <param name="Ranges">Runs, for ranges; else null.</param>
/// <param name="Set">Words, for sets; else null.</param>
public readonly record struct Amount(long Number, ValueRanges? Ranges = null, ValueSet? Set = null)
{
    internal bool IsEmpty => Number == 0 && (Ranges is null || Ranges.IsEmpty) && (Set is null || Set.IsEmpty);

    internal bool Contains(in Amount other) =>
        Number >= other.Number
        && (other.Ranges is null || Ranges is not null && Ranges.Contains(other.Ranges))
        && (other.Set is null || Set is not null && Set.Contains(other.Set));

    internal Amount Add(in Amount other) => new(
        checked(Number + other.Number),
        Ranges is null ? other.Ranges : other.Ranges is null ? Ranges : Ranges.Add(other.Ranges),
        Set is null ? other.Set : other.Set is null ? Set : Set.Add(other.Set));

    internal Amount Subtract(in Amount other) => new(
        Number - other.Number,
        Ranges is null || other.Ranges is null ? Ranges : Ranges.Subtract(other.Ranges),
        Set is null || other.Set is null ? Set : Set.Subtract(other.Set));
}
