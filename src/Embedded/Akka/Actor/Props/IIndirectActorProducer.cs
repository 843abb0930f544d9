namespace Akka.Actor;

/// <summary>Makes actors in a way of its own, such as from a dependency injection container.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    /// <summary>A new instance at each call.</summary>
    ActorBase Produce();

    /// <summary>Called when an instance has been replaced or stopped.</summary>
    void Release(ActorBase actor);
}
