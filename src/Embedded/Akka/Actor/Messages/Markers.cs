namespace Akka.Actor;

/// <summary>A message that the cell handles before, or instead of, the actor.</summary>
public interface IAutoReceivedMessage;

/// <summary>A message that may do harm when it comes from an untrusted place.</summary>
public interface IPossiblyHarmful;

/// <summary>A message that does not count as activity for the receive time-out.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A message that serialize-messages leaves alone.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>A message that carries another one.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}

/// <summary>Marks an actor whose received messages are logged when akka.actor.debug.receive is on.</summary>
public interface ILogReceive;
