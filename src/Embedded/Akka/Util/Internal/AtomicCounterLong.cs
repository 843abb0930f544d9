namespace Akka.Util.Internal;

/// <summary>A counter of 64 bits that threads share without a lock.</summary>
public class AtomicCounterLong : IAtomicCounter<long>
{
    private long _value;

    /// <summary>A counter that stands at <paramref name="initialValue" />.</summary>
    public AtomicCounterLong(long initialValue)
    {
        _value = initialValue;
    }

    /// <summary>A counter that stands at -1, so that the first <see cref="Next" /> is 0.</summary>
    public AtomicCounterLong()
        : this(-1)
    {
    }

    /// <inheritdoc />
    public long Current => Volatile.Read(ref _value);

    /// <inheritdoc />
    public long Next() => Interlocked.Increment(ref _value);

    /// <inheritdoc />
    public long GetAndIncrement() => Interlocked.Increment(ref _value) - 1;

    /// <inheritdoc />
    public long IncrementAndGet() => Interlocked.Increment(ref _value);

    /// <inheritdoc />
    public long GetAndAdd(long amount) => Interlocked.Add(ref _value, amount) - amount;

    /// <inheritdoc />
    public long AddAndGet(long amount) => Interlocked.Add(ref _value, amount);

    /// <summary>Subtracts one and returns the difference.</summary>
    public long DecrementAndGet() => Interlocked.Decrement(ref _value);

    /// <summary>Sets the number and returns the one before.</summary>
    public long GetAndSet(long value) => Interlocked.Exchange(ref _value, value);

    /// <summary>Sets the number if it is <paramref name="expected" />; says whether it was.</summary>
    public bool CompareAndSet(long expected, long newValue) =>
        Interlocked.CompareExchange(ref _value, newValue, expected) == expected;

    /// <inheritdoc />
    public void Reset() => Volatile.Write(ref _value, 0);

    /// <inheritdoc />
    public override string ToString() => $"{Current}";
}
