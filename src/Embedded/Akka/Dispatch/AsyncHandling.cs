using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>One message that is being handled asynchronously: what its continuations find as the current message and sender.</summary>
internal sealed record AsyncHandling(ActorCell Cell, object? Message, IActorRef? Sender, int Incarnation);
