namespace ActorScheduler.Agent.Sandboxes;

/// <summary>A sandbox could not be prepared. The message says in one sentence what of it, and why.</summary>
internal sealed class SandboxException(string message, Exception? inner = null) : Exception(message, inner);
