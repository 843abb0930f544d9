namespace Akka.Actor.Setup;

/// <summary>A typed bit of set-up for a system that is given in code rather than in HOCON.</summary>
public abstract class Setup
{
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
