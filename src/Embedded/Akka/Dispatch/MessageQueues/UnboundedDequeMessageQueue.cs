namespace Akka.Dispatch.MessageQueues;

/// <summary>Unbounded queue with a front, for actors that stash.</summary>
public class UnboundedDequeMessageQueue() : DequeWrapperMessageQueue(new UnboundedMessageQueue()), IUnboundedDequeBasedMessageQueueSemantics;
