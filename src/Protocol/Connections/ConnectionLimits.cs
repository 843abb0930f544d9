namespace ActorScheduler.Protocol.Connections;

/// <summary>How many connections a port takes at once.</summary>
/// <param name="Most">All together.</param>
/// <param name="MostOfOneAddress">From one address.</param>
internal sealed record ConnectionLimits(int Most, int MostOfOneAddress);
