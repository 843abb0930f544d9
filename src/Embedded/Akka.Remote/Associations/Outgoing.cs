using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>A message for another node. System messages carry a sequence number above 0.</summary>
internal readonly record struct Outgoing(object Message, IActorRef? Sender, RemoteActorRef Recipient, long Sequence = 0);
