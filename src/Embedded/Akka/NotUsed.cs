namespace Akka;

/// <summary>The value of something that has none to give.</summary>
public sealed class NotUsed : IComparable<NotUsed>
{
    /// <summary>The only one.</summary>
    public static readonly NotUsed Instance = new();

    private NotUsed()
    {
    }

    /// <inheritdoc />
    public int CompareTo(NotUsed? other) => other is null ? 1 : 0;

    /// <inheritdoc />
    public override string ToString() => "()";
}
