using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>An executor that was shut down was given work.</summary>
public class RejectedExecutionException(string? message = null, Exception? inner = null) : AkkaException(message!, inner);
