namespace Akka.Util.Internal;

/// <summary>Changes a shared reference by a function of itself, again and again until no other thread came in between.</summary>
public static class InterlockedSpin
{
    /// <summary>Replaces the reference by <paramref name="updater" /> of it and returns the new one.</summary>
    public static T Swap<T>(ref T reference, Func<T, T> updater)
        where T : class
    {
        while (true)
        {
            var before = Volatile.Read(ref reference);
            var after = updater(before);
            if (ReferenceEquals(Interlocked.CompareExchange(ref reference, after, before), before))
            {
                return after;
            }
        }
    }

    /// <summary>
    /// Asks <paramref name="shouldUpdate" /> whether to replace the reference, by what, and what to return.
    /// </summary>
    public static TReturn ConditionallySwap<T, TReturn>(
        ref T reference, Func<T, (bool ShouldUpdate, T NewValue, TReturn ReturnValue)> shouldUpdate)
        where T : class
    {
        while (true)
        {
            var before = Volatile.Read(ref reference);
            var (update, after, result) = shouldUpdate(before);
            if (!update || ReferenceEquals(Interlocked.CompareExchange(ref reference, after, before), before))
            {
                return result;
            }
        }
    }
}
