namespace Akka.Actor;

/// <summary>What a Kill message throws in the actor that receives it.</summary>
public sealed class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message) : base(message)
    {
    }
}
