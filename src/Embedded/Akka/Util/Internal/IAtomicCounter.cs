namespace Akka.Util.Internal;

/// <summary>A number that threads can count up without a lock.</summary>
public interface IAtomicCounter<T>
{
    /// <summary>The number now.</summary>
    T Current { get; }

    /// <summary>Adds one and returns the sum.</summary>
    T Next();

    /// <summary>Adds one and returns the number before.</summary>
    T GetAndIncrement();

    /// <summary>Adds one and returns the sum.</summary>
    T IncrementAndGet();

    /// <summary>Adds and returns the number before.</summary>
    T GetAndAdd(T amount);

    /// <summary>Adds and returns the sum.</summary>
    T AddAndGet(T amount);

    /// <summary>Sets the number to zero.</summary>
    void Reset();
}
