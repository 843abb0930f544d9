namespace Akka.Actor;

/// <summary>Makes selections from paths.</summary>
public static class ActorRefFactoryShared
{
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) =>
        new(((ExtendedActorSystem)system).Provider.RootGuardianAt(actorPath.Address), actorPath.Elements);

    /// <summary>A selection by a full URI, an absolute path (from the root), or one relative to <paramref name="lookupRoot"/>.</summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        if (ActorPath.TryParse(path, out var full)) return new ActorSelection(provider.RootGuardianAt(full.Address), full.Elements);
        if (Uri.TryCreate(path, UriKind.Absolute, out _) && path.Contains("://", StringComparison.Ordinal)) return new ActorSelection(provider.DeadLetters, "");
        return path.StartsWith('/')
            ? new ActorSelection(provider.RootGuardian, path.Split('/').Skip(1))
            : new ActorSelection(lookupRoot, path.Split('/'));
    }

    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path.Split('/'));
}
