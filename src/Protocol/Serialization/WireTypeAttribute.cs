namespace ActorScheduler.Protocol.Serialization;

/// <summary>An entry of a table: the manifest stands on the wire and in journals for the type. It is for ever, and for this type only.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class WireTypeAttribute(string manifest, Type type) : Attribute
{
    /// <summary>What stands on the wire.</summary>
    public string Manifest { get; } = manifest;

    /// <summary>What it means.</summary>
    public Type Type { get; } = type;
}
