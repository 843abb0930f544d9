namespace ActorScheduler.Protocol.Serialization;

/// <summary>Bytes are not what they should be, or a value has no form in bytes. The serializer adds of which message.</summary>
/// <param name="field">The field at fault; empty when it has no name.</param>
/// <param name="reason">What is wrong with it.</param>
internal sealed class WireException(string field, string reason) : Exception(field.Length == 0 ? reason : $"{field} {reason}")
{
    public WireException(string reason)
        : this("", reason)
    {
    }

    /// <summary>The field at fault, as in <c>TaskInfo.Resources</c>.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
