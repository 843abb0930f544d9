namespace Akka.Actor;

/// <summary>References that every system knows.</summary>
public static class ActorRefs
{
    /// <summary>Nobody in particular: the reference to pass where an actor is required but none is meant.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>Marks a message as coming from outside of any actor.</summary>
    public static readonly IActorRef NoSender = null!;
}
