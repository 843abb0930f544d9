using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Bounds of a pool of threads that grows with the machine's cores.</summary>
public class ThreadPoolConfig(Config config)
{
    public int PoolSizeMin { get; } = config.GetInt("core-pool-size-min");

    public double PoolSizeFactor { get; } = config.GetDouble("core-pool-size-factor");

    public int PoolSizeMax { get; } = config.GetInt("core-pool-size-max");

    /// <summary>Cores times <paramref name="scalar"/>, rounded up, within the bounds.</summary>
    public static int ScaledPoolSize(int floor, double scalar, int ceiling) =>
        Math.Min(Math.Max((int)Math.Ceiling(Environment.ProcessorCount * scalar), floor), ceiling);
}
