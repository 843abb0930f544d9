using Akka.Actor;

namespace Akka.Util;

/// <summary>Something that other processes get a stand-in of, because it means nothing outside its actor system.</summary>
public interface ISurrogated
{
    /// <summary>The stand-in.</summary>
    ISurrogate ToSurrogate(ActorSystem system);
}
