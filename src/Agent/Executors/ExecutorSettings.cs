namespace ActorScheduler.Agent.Executors;

/// <summary>Times of executors.</summary>
/// <param name="CallTimeout">Longest that a short call to a containerizer may take.</param>
/// <param name="StartTimeout">Longest that a container may take to start, fetching its image included.</param>
/// <param name="KillGracePeriod">Time to end of a task that does not say.</param>
/// <param name="RestartMin">First pause before a crashed actor begins anew; it doubles.</param>
/// <param name="RestartMax">Longest such pause.</param>
internal sealed record ExecutorSettings(TimeSpan CallTimeout, TimeSpan StartTimeout, TimeSpan KillGracePeriod, TimeSpan RestartMin, TimeSpan RestartMax);
