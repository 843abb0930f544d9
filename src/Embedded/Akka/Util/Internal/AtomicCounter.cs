namespace Akka.Util.Internal;

/// <summary>A counter of 32 bits that threads share without a lock.</summary>
public class AtomicCounter : IAtomicCounter<int>
{
    private int _value;

    /// <summary>A counter that stands at <paramref name="initialValue" />.</summary>
    public AtomicCounter(int initialValue)
    {
        _value = initialValue;
    }

    /// <summary>A counter that stands at -1, so that the first <see cref="Next" /> is 0.</summary>
    public AtomicCounter()
        : this(-1)
    {
    }

    /// <inheritdoc />
    public int Current => Volatile.Read(ref _value);

    /// <inheritdoc />
    public int Next() => Interlocked.Increment(ref _value);

    /// <inheritdoc />
    public int GetAndIncrement() => Interlocked.Increment(ref _value) - 1;

    /// <inheritdoc />
    public int IncrementAndGet() => Interlocked.Increment(ref _value);

    /// <inheritdoc />
    public int GetAndAdd(int amount) => Interlocked.Add(ref _value, amount) - amount;

    /// <inheritdoc />
    public int AddAndGet(int amount) => Interlocked.Add(ref _value, amount);

    /// <summary>Subtracts one and returns the difference.</summary>
    public int DecrementAndGet() => Interlocked.Decrement(ref _value);

    /// <summary>Subtracts one and returns the difference.</summary>
    public int Decrement() => Interlocked.Decrement(ref _value);

    /// <summary>Subtracts one and returns the number before.</summary>
    public int GetAndDecrement() => Interlocked.Decrement(ref _value) + 1;

    /// <summary>Sets the number and returns the one before.</summary>
    public int GetAndSet(int value) => Interlocked.Exchange(ref _value, value);

    /// <summary>Sets the number if it is <paramref name="expected" />; says whether it was.</summary>
    public bool CompareAndSet(int expected, int newValue) =>
        Interlocked.CompareExchange(ref _value, newValue, expected) == expected;

    /// <inheritdoc />
    public void Reset() => Volatile.Write(ref _value, 0);

    /// <inheritdoc />
    public override string ToString() => $"{Current}";
}
