namespace Akka.Actor;

/// <summary>The root of an actor system's hierarchy: its address and a slash.</summary>
public sealed class RootActorPath(Address address, string name = "") : ActorPath(address, name)
{
    public override ActorPath Root => this;

    internal Address RootAddress { get; } = address;
}
