namespace Akka.Actor;

/// <summary>A reference whose messages are handled by a function on the sender's thread; for the engine's own bridges.</summary>
internal sealed class FunctionRef(ActorPath path, IActorRefProvider provider, Action<object, IActorRef> handle) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    protected override void TellInternal(object message, IActorRef sender) => handle(message, sender);
}
