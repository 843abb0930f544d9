namespace Akka.Util;

/// <summary>A reference that threads can read and change without a lock.</summary>
public class AtomicReference<T>
    where T : class
{
    private T? _value;

    /// <inheritdoc cref="AtomicReference{T}" />
    public AtomicReference(T originalValue)
    {
        _value = originalValue;
    }

    /// <inheritdoc cref="AtomicReference{T}" />
    public AtomicReference()
    {
    }

    /// <summary>The reference as last written by any thread.</summary>
    public T Value
    {
        get => Volatile.Read(ref _value)!;
        set => Volatile.Write(ref _value, value);
    }

    /// <summary>The reference.</summary>
    public static implicit operator T(AtomicReference<T> atomicReference) => atomicReference.Value;

    /// <summary>Sets <paramref name="newValue" /> if the reference is <paramref name="expected" />; says whether it was.</summary>
    public bool CompareAndSet(T expected, T newValue) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _value, newValue, expected), expected);

    /// <summary>Sets the reference and returns the one before.</summary>
    public T GetAndSet(T newValue) => Interlocked.Exchange(ref _value, newValue)!;
}
