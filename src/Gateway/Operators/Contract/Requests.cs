using System.Text.Json.Serialization;
using ActorScheduler.Model;

namespace ActorScheduler.Gateway.Operators.Contract;

// Bodies of requests. A field that is not known is refused by its name: it was meant to do something.

/// <summary>A request that has nothing to say; an empty object.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EmptyRequest;

/// <summary>Empties an agent.</summary>
/// <param name="MaxGracePeriod">Seconds that a task gets to end at most; null for its own.</param>
/// <param name="Deadline">Tasks get until then; null: they are ended now.</param>
/// <param name="MarkGone">Whether the agent is declared gone once it is empty.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DrainRequest(TimeSpan? MaxGracePeriod = null, DateTimeOffset? Deadline = null, bool MarkGone = false);

/// <summary>Sets guarantees and limits of a role.</summary>
/// <param name="Guarantees">Amounts by name.</param>
/// <param name="Limits">Amounts by name that it may not exceed.</param>
/// <param name="Force">Although the cluster is too small, or the role uses more.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record QuotaRequest(Quantities? Guarantees = null, IReadOnlyDictionary<string, long>? Limits = null, bool Force = false);

/// <summary>Sets a role's weight.</summary>
/// <param name="Weight">Above 0.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WeightRequest(double Weight);

/// <summary>Ends a task.</summary>
/// <param name="GracePeriod">Seconds to end by itself; null for the task's own.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record KillRequest(TimeSpan? GracePeriod = null);

/// <summary>Names a member.</summary>
/// <param name="Address"><c>host:port</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MemberRequest(string? Address);
