using System.Globalization;

namespace ActorScheduler.Model;

/// <summary>
/// A set of whole numbers as sorted runs that neither touch nor overlap. Immutable. Adding, subtracting and comparing cost as
/// much as there are runs in the two operands.
/// </summary>
public sealed class ValueRanges : IEquatable<ValueRanges>
{
    /// <summary>Most runs that input may have; a guard against input made to be slow.</summary>
    public const int MaxRuns = 65_536;

    private readonly ValueRange[] _runs;

    private ValueRanges(ValueRange[] runs)
    {
        _runs = runs;
    }

    /// <summary>No numbers.</summary>
    public static ValueRanges Empty { get; } = new([]);

    /// <summary>The runs, in order.</summary>
    public ReadOnlySpan<ValueRange> Runs => _runs;

    /// <summary>Whether there are no numbers.</summary>
    public bool IsEmpty => _runs.Length == 0;

    /// <summary>How many numbers; saturates.</summary>
    public ulong Count
    {
        get
        {
            ulong count = 0;
            foreach (ValueRange run in _runs)
                count = count > ulong.MaxValue - run.Count ? ulong.MaxValue : count + run.Count;
            return count;
        }
    }

    /// <summary>Normalises runs in any order, overlapping or not. Empty runs (end below begin) are a fault of the caller.</summary>
    public static ValueRanges Of(params ReadOnlySpan<ValueRange> runs)
    {
        if (runs.Length == 0)
            return Empty;
        ValueRange[] sorted = runs.ToArray();
        Array.Sort(sorted, static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        int last = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            ValueRange run = sorted[i];
            if (run.End < run.Begin)
                throw new ArgumentException($"Run {run} ends before it begins.", nameof(runs));
            if (i == 0)
                continue;
            bool joins = sorted[last].End == ulong.MaxValue || run.Begin <= sorted[last].End + 1;
            if (joins)
                sorted[last] = new ValueRange(sorted[last].Begin, Math.Max(sorted[last].End, run.End));
            else
                sorted[++last] = run;
        }
        return new ValueRanges(last + 1 == sorted.Length ? sorted : sorted[..(last + 1)]);
    }

    /// <summary>One run.</summary>
    public static ValueRanges Of(ulong begin, ulong end) => Of(new ValueRange(begin, end));

    /// <summary>Every number of either.</summary>
    public ValueRanges Add(ValueRanges other) =>
        other.IsEmpty ? this : IsEmpty ? other : Of([.. _runs, .. other._runs]);

    /// <summary>Every number that is here and not there.</summary>
    public ValueRanges Subtract(ValueRanges other)
    {
        if (IsEmpty || other.IsEmpty)
            return this;
        var left = new List<ValueRange>(_runs.Length + other._runs.Length);
        int j = 0;
        foreach (ValueRange run in _runs)
        {
            ulong begin = run.Begin;
            bool consumed = false;
            while (j < other._runs.Length && other._runs[j].End < begin)
                j++;
            for (int k = j; k < other._runs.Length && other._runs[k].Begin <= run.End; k++)
            {
                ValueRange hole = other._runs[k];
                if (hole.Begin > begin)
                    left.Add(new ValueRange(begin, hole.Begin - 1));
                if (hole.End >= run.End)
                {
                    consumed = true;
                    break;
                }
                begin = Math.Max(begin, hole.End + 1);
            }
            if (!consumed)
                left.Add(new ValueRange(begin, run.End));
        }
        return left.Count == 0 ? Empty : new ValueRanges([.. left]);
    }

    /// <summary>Whether every number there is also here.</summary>
    public bool Contains(ValueRanges other)
    {
        if (ReferenceEquals(this, other))
            return true;
        int i = 0;
        foreach (ValueRange wanted in other._runs)
        {
            while (i < _runs.Length && _runs[i].End < wanted.Begin)
                i++;
            if (i == _runs.Length || _runs[i].Begin > wanted.Begin || _runs[i].End < wanted.End)
                return false;
        }
        return true;
    }

    /// <summary>Whether one number is here.</summary>
    public bool Contains(ulong number)
    {
        foreach (ValueRange run in _runs)
        {
            if (number <= run.End)
                return number >= run.Begin;
        }
        return false;
    }

    /// <summary>The lowest <paramref name="count"/> numbers, or all when there are fewer.</summary>
    public ValueRanges TakeLowest(ulong count)
    {
        var taken = new List<ValueRange>();
        foreach (ValueRange run in _runs)
        {
            if (count == 0)
                break;
            ulong some = Math.Min(count, run.Count);
            taken.Add(new ValueRange(run.Begin, run.Begin + some - 1));
            count -= some;
        }
        return Of([.. taken]);
    }

    /// <inheritdoc/>
    public bool Equals(ValueRanges? other) =>
        ReferenceEquals(this, other) || other is not null && _runs.AsSpan().SequenceEqual(other._runs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueRanges other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        int hash = _runs.Length;
        foreach (ValueRange run in _runs)
            hash = DeterministicHash.Combine(DeterministicHash.Combine(hash, run.Begin.GetHashCode()), run.End.GetHashCode());
        return hash;
    }

    /// <summary><c>[31000-31005, 32000-32000]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _runs)}]";

    /// <summary>Reads <c>[31000-31005, 32000-32000]</c>; the closing run may be a single number.</summary>
    public static Result<ValueRanges> Parse(string text, string field = "ranges")
    {
        ReadOnlySpan<char> body = text.AsSpan().Trim();
        if (body.Length < 2 || body[0] != '[' || body[^1] != ']')
            return new Problem(field, $"'{text}' must be written [begin-end, ...]");
        body = body[1..^1];
        if (body.IsWhiteSpace())
            return Empty;
        var runs = new List<ValueRange>();
        foreach (Range part in body.Split(','))
        {
            ReadOnlySpan<char> run = body[part].Trim();
            int dash = run.IndexOf('-');
            ReadOnlySpan<char> first = dash < 0 ? run : run[..dash].TrimEnd();
            ReadOnlySpan<char> second = dash < 0 ? run : run[(dash + 1)..].TrimStart();
            if (!ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out ulong begin)
                || !ulong.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out ulong end))
                return new Problem(field, $"'{run}' is not a range of whole numbers");
            if (end < begin)
                return new Problem(field, $"range '{run}' ends before it begins");
            if (runs.Count == MaxRuns)
                return new Problem(field, $"must have at most {MaxRuns} ranges");
            runs.Add(new ValueRange(begin, end));
        }
        return Of([.. runs]);
    }
}
