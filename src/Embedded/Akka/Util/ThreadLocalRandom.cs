namespace Akka.Util;

/// <summary>Random numbers for any thread.</summary>
public static class ThreadLocalRandom
{
    /// <summary>A generator that threads can use at the same time.</summary>
    public static Random Current => Random.Shared;
}
