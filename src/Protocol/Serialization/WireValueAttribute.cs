namespace ActorScheduler.Protocol.Serialization;

/// <summary>A value that is no message and that others need the form or the size of.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class WireValueAttribute(Type type) : Attribute
{
    /// <summary>Which.</summary>
    public Type Type { get; } = type;
}
