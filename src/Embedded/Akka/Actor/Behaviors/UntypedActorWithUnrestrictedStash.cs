namespace Akka.Actor;

/// <summary>An untyped actor with a stash (IWithUnrestrictedStash).</summary>
public abstract class UntypedActorWithUnrestrictedStash : UntypedActor, IWithUnrestrictedStash
{
    /// <summary>Set by the engine before PreStart.</summary>
    public IStash Stash { get; set; } = null!;
}
