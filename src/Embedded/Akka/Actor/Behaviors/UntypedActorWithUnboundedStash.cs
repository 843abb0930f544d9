namespace Akka.Actor;

/// <summary>An untyped actor with a stash (IWithUnboundedStash).</summary>
public abstract class UntypedActorWithUnboundedStash : UntypedActor, IWithUnboundedStash
{
    /// <summary>Set by the engine before PreStart.</summary>
    public IStash Stash { get; set; } = null!;
}
