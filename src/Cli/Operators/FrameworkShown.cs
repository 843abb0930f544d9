using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>What <c>asched framework show</c> answers programs.</summary>
/// <param name="Framework">As the allocator knows it.</param>
/// <param name="IsConnected">Whether its scheduler is there.</param>
/// <param name="DisconnectedSince">Since when it is not; else null.</param>
/// <param name="Live">How many tasks have not ended.</param>
/// <param name="Unacknowledged">How many updates its scheduler has not acknowledged.</param>
/// <param name="Tasks">The first of its tasks.</param>
internal sealed record FrameworkShown(
    FrameworkSummary Framework, bool IsConnected, DateTimeOffset? DisconnectedSince, int Live, int Unacknowledged, IReadOnlyList<TaskSummary> Tasks);
