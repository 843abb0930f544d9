using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>A message does not fit into a frame.</summary>
internal sealed class OversizedMessageException(object message, int size, int maximum) : AkkaException(
    $"A message of type [{message.GetType()}] has {size} bytes, too many for a frame: akka.remote.dot-netty.tcp.maximum-frame-size is {maximum}. It was not sent.");
