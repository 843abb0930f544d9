using Akka.Util;

namespace Akka.Actor;

/// <summary>The reference of no actor; messages to it vanish.</summary>
public sealed class Nobody : MinimalActorRef
{
    public static readonly Nobody Instance = new();

    private static readonly NobodySurrogate SurrogateInstance = new();

    private Nobody()
    {
    }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "Nobody";

    public override IActorRefProvider Provider =>
        throw new NotSupportedException("Nobody does not provide");

    public override ISurrogate ToSurrogate(ActorSystem system) => SurrogateInstance;

    /// <summary>The form in which nobody travels inside a serialized message.</summary>
    public sealed class NobodySurrogate : ISurrogate
    {
        public ISurrogated FromSurrogate(ActorSystem system) => Nobody.Instance;
    }
}
