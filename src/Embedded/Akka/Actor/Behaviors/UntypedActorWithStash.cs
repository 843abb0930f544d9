namespace Akka.Actor;

/// <summary>An untyped actor with a stash (IWithStash).</summary>
public abstract class UntypedActorWithStash : UntypedActor, IWithStash
{
    /// <summary>Set by the engine before PreStart.</summary>
    public IStash Stash { get; set; } = null!;
}
