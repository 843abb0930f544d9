namespace Akka.Actor;

/// <summary>Takes any message and drops it without a trace, for senders that want no answer.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    private static readonly ActorPath IgnorePath = new RootActorPath(new Address("akka", "local")) / "ignore";

    public override ActorPath Path => IgnorePath;

    public override IActorRefProvider Provider => provider;

    /// <summary>The reference is the same everywhere, so that it stays harmless when it travels between nodes.</summary>
    internal static bool IsIgnoreRefPath(ActorPath path) => path.Name == "ignore" && path.Equals(IgnorePath);
}
