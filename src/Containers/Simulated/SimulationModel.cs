namespace ActorScheduler.Containers.Simulated;

/// <summary>Seeded: the same seed gives the same fates in the same order.</summary>
/// <param name="seed">Which.</param>
/// <param name="meanStart">Mean time until a container runs; exponentially distributed. Zero for at once.</param>
/// <param name="meanRun">Mean time until it ends by itself; null for never.</param>
/// <param name="crashes">Part of the containers that end with an error, 0 to 1.</param>
public sealed class SimulationModel(int seed, TimeSpan meanStart, TimeSpan? meanRun = null, double crashes = 0)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>Runs at once and until it is ended.</summary>
    public static SimulationModel Still { get; } = new(0, TimeSpan.Zero);

    /// <summary>The next fate.</summary>
    public Fate Next()
    {
        lock (_lock)
        {
            return new Fate(
                meanStart == TimeSpan.Zero ? TimeSpan.Zero : Spread(meanStart), meanRun is { } mean ? Spread(mean) : null,
                crashes > 0 && _random.NextDouble() < crashes ? 1 : 0);
        }
    }

    private TimeSpan Spread(TimeSpan mean) => mean * -Math.Log(1 - _random.NextDouble());
}
