namespace ActorScheduler.Gateway.Access;

/// <summary>Of a request that goes on for long: whether who has sent it may still decide.</summary>
/// <param name="MayDecide">Looks at the token again.</param>
internal sealed record CallerStanding(Func<bool> MayDecide);
