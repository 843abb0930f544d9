using ActorScheduler.Model;

namespace ActorScheduler.Client;

/// <summary>Bytes from an executor.</summary>
/// <param name="AgentId">From which agent.</param>
/// <param name="ExecutorId">From which executor.</param>
/// <param name="Data">Opaque.</param>
public sealed record ExecutorMessage(AgentId AgentId, ExecutorId ExecutorId, ReadOnlyMemory<byte> Data);
