using System.Globalization;

namespace ActorScheduler.Model;

/// <summary>A run of whole numbers, both ends included.</summary>
/// <param name="Begin">First number.</param>
/// <param name="End">Last number, not below <paramref name="Begin"/>.</param>
public readonly record struct ValueRange(ulong Begin, ulong End)
{
    /// <summary>How many numbers; saturates for the full 64-bit run.</summary>
    public ulong Count => End - Begin == ulong.MaxValue ? ulong.MaxValue : End - Begin + 1;

    /// <summary><c>31000-32000</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Begin}-{End}");
}
