namespace Akka.Actor.Scheduler;

/// <summary>A message that comes from a scheduler, with the message that was scheduled inside.</summary>
public interface IScheduledTellMsg : IWrappedMessage, INoSerializationVerificationNeeded;
