namespace ActorScheduler.Gateway;

/// <summary>The doors cannot be opened. The message names the flag at fault, in one sentence.</summary>
internal sealed class GatewayException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the place where they are to listen cannot be had; else what is set is wrong.</summary>
    internal bool IsPlaceTaken { get; init; }
}
