using System.Collections;

namespace ActorScheduler.Model;

/// <summary>Labels in the order given. Two are equal when they hold the same labels equally often, in any order, as in Mesos.</summary>
public sealed class Labels : IEquatable<Labels>, IReadOnlyList<Label>
{
    private readonly Label[] _given;
    private readonly Label[] _sorted;
    private readonly int _hash;

    /// <summary>Keeps a copy of the labels.</summary>
    public Labels(params IEnumerable<Label> labels)
    {
        _given = [.. labels];
        _sorted = [.. _given];
        Array.Sort(_sorted, Label.Compare);
        foreach (Label label in _sorted)
        {
            _hash = DeterministicHash.Combine(
                DeterministicHash.Combine(_hash, DeterministicHash.Of(label.Key)), DeterministicHash.Of(label.Value));
        }
    }

    /// <summary>No labels.</summary>
    public static Labels Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => _given.Length;

    /// <inheritdoc/>
    public Label this[int index] => _given[index];

    /// <inheritdoc/>
    public bool Equals(Labels? other) =>
        ReferenceEquals(this, other)
        || other is not null && _hash == other._hash && _sorted.AsSpan().SequenceEqual(other._sorted);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Labels other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <inheritdoc/>
    public IEnumerator<Label> GetEnumerator() => ((IEnumerable<Label>)_given).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>{rack: r1, spare}</c>.</summary>
    public override string ToString() =>
        $"{{{string.Join(", ", _given.Select(label => label.Value is null ? label.Key : $"{label.Key}: {label.Value}"))}}}";
}
