namespace Akka.Actor;

/// <summary>The path of any actor below the root.</summary>
public sealed class ChildActorPath(ActorPath parentPath, string name, long uid) : ActorPath(parentPath, name, uid)
{
    public override ActorPath Root
    {
        get
        {
            var path = Parent;
            while (path is ChildActorPath) path = path.Parent;
            return path;
        }
    }
}
