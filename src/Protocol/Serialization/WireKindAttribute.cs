namespace ActorScheduler.Protocol.Serialization;

/// <summary>The number of a kind of an abstract record. It is for ever, and for this kind only.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class WireKindAttribute(int number, Type kind) : Attribute
{
    /// <summary>What stands on the wire.</summary>
    public int Number { get; } = number;

    /// <summary>What it means.</summary>
    public Type Kind { get; } = kind;
}
