namespace Akka.Actor;

/// <summary>Asks any actor for its <see cref="ActorIdentity"/>; every actor answers by itself.</summary>
public sealed class Identify(object messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    /// <summary>Comes back in the answer, to tell answers apart.</summary>
    public object MessageId { get; } = messageId;

    public override bool Equals(object? obj) => obj is Identify other && Equals(MessageId, other.MessageId);

    public override int GetHashCode() => MessageId?.GetHashCode() ?? 0;

    public override string ToString() => $"<Identify> - MessageId: {MessageId}";
}
