namespace Akka.Util;

/// <summary>A boolean that threads can read and change without a lock.</summary>
public class AtomicBoolean
{
    private int _value;

    /// <inheritdoc cref="AtomicBoolean" />
    public AtomicBoolean(bool initialValue = false)
    {
        _value = initialValue ? 1 : 0;
    }

    /// <summary>The value as last written by any thread.</summary>
    public bool Value
    {
        get => Volatile.Read(ref _value) == 1;
        set => Volatile.Write(ref _value, value ? 1 : 0);
    }

    /// <summary>The value.</summary>
    public static implicit operator bool(AtomicBoolean atomicBoolean) => atomicBoolean.Value;

    /// <summary>Sets <paramref name="newValue" /> if the value is <paramref name="expected" />; says whether it was.</summary>
    public bool CompareAndSet(bool expected, bool newValue) =>
        Interlocked.CompareExchange(ref _value, newValue ? 1 : 0, expected ? 1 : 0) == (expected ? 1 : 0);

    /// <summary>Sets the value and returns the one before.</summary>
    public bool GetAndSet(bool newValue) => Interlocked.Exchange(ref _value, newValue ? 1 : 0) == 1;
}
