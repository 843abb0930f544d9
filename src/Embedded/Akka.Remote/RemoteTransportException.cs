using Akka.Actor;

namespace Akka.Remote;

/// <summary>Something between nodes failed.</summary>
public class RemoteTransportException(string message, Exception? cause = null) : AkkaException(message, cause);
