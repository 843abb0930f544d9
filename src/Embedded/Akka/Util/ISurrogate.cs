using Akka.Actor;

namespace Akka.Util;

/// <summary>The stand-in of something that cannot leave its actor system.</summary>
public interface ISurrogate
{
    /// <summary>What it stands for, in this system.</summary>
    ISurrogated FromSurrogate(ActorSystem system);
}
