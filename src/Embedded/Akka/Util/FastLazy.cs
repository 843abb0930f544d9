namespace Akka.Util;

/// <summary>A value that is computed once, when it is first asked for.</summary>
public sealed class FastLazy<T>
{
    private readonly Lazy<T> _value;

    /// <inheritdoc cref="FastLazy{T}" />
    public FastLazy(Func<T> producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        _value = new Lazy<T>(producer, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The value. Threads that ask while another computes it wait; an exception of the computation is kept too.</summary>
    public T Value => _value.Value;

    /// <summary>Whether the value is there.</summary>
    public bool IsValueCreated() => _value.IsValueCreated;
}
