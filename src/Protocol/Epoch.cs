namespace ActorScheduler.Protocol;

/// <summary>
/// The number of an allocator's incarnation. It grows with each, is persisted before anything is offered, and stands in every
/// offer and every command to an agent, so that what an earlier incarnation promised is recognised and refused.
/// </summary>
/// <param name="Number">1 for the first.</param>
public readonly record struct Epoch(long Number) : IComparable<Epoch>
{
    /// <summary>Before any allocator.</summary>
    public static Epoch None { get; }

    /// <inheritdoc/>
    public int CompareTo(Epoch other) => Number.CompareTo(other.Number);

    /// <summary>Whether one incarnation came before another.</summary>
    public static bool operator <(Epoch left, Epoch right) => left.Number < right.Number;

    /// <summary>Whether one incarnation came after another.</summary>
    public static bool operator >(Epoch left, Epoch right) => left.Number > right.Number;

    /// <summary>Whether one incarnation came before another or is the same.</summary>
    public static bool operator <=(Epoch left, Epoch right) => left.Number <= right.Number;

    /// <summary>Whether one incarnation came after another or is the same.</summary>
    public static bool operator >=(Epoch left, Epoch right) => left.Number >= right.Number;

    /// <inheritdoc/>
    public override string ToString() => Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
