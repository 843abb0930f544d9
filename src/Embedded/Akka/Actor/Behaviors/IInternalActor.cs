namespace Akka.Actor;

/// <summary>What the engine asks of every actor.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}
