using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>What <c>asched why</c> answers programs: about a task, a framework, or both when the name is of both.</summary>
internal sealed record WhyAnswer(TaskWhy? Task, FrameworkWhy? Framework);

/// <summary>Why a task is as it is.</summary>
/// <param name="Task">Which.</param>
/// <param name="Agent">Where it is; null when nobody knows that agent.</param>
/// <param name="Says">What people read.</param>
internal sealed record TaskWhy(FoundTask Task, AgentSummary? Agent, IReadOnlyList<string> Says);

/// <summary>Why a framework has what it has.</summary>
/// <param name="Framework">Which.</param>
/// <param name="IsConnected">Whether its scheduler is there.</param>
/// <param name="DisconnectedSince">Since when it is not; else null.</param>
/// <param name="Live">How many tasks have not ended.</param>
/// <param name="Unacknowledged">How many updates its scheduler has not acknowledged.</param>
/// <param name="Offers">What it is offered and has not answered.</param>
/// <param name="Roles">What keeps it from offers, by role.</param>
/// <param name="Says">What people read.</param>
internal sealed record FrameworkWhy(
    FrameworkSummary Framework, bool IsConnected, DateTimeOffset? DisconnectedSince, int Live, int Unacknowledged, IReadOnlyList<Offer> Offers,
    IReadOnlyDictionary<string, OffersExplained> Roles, IReadOnlyList<string> Says);
