namespace Akka.Util;

/// <summary>What a computation came to: a value or an exception.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
{
    /// <summary>Whether there is a value.</summary>
    public readonly bool IsSuccess;

    /// <summary>The value; the default of the type after a failure.</summary>
    public readonly T Value;

    /// <summary>The failure; null after a success.</summary>
    public readonly Exception Exception;

    /// <summary>A success.</summary>
    public Result(T success)
    {
        IsSuccess = true;
        Value = success;
        Exception = null!;
    }

    /// <summary>A failure.</summary>
    public Result(Exception exception)
    {
        IsSuccess = false;
        Value = default!;
        Exception = exception;
    }

    /// <summary>Whether both came to the same.</summary>
    public static bool operator ==(Result<T> x, Result<T> y) => x.Equals(y);

    /// <summary>The opposite of equality.</summary>
    public static bool operator !=(Result<T> x, Result<T> y) => !x.Equals(y);

    /// <inheritdoc />
    public bool Equals(Result<T> other) =>
        IsSuccess == other.IsSuccess
        && Equals(Exception, other.Exception)
        && EqualityComparer<T>.Default.Equals(Value, other.Value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(IsSuccess, Value, Exception);
}

/// <summary>Makes results.</summary>
public static class Result
{
    /// <summary>A success.</summary>
    public static Result<T> Success<T>(T value) => new(value);

    /// <summary>A failure.</summary>
    public static Result<T> Failure<T>(Exception exception) => new(exception);

    /// <summary>What <paramref name="func" /> returns or throws.</summary>
    public static Result<T> From<T>(Func<T> func)
    {
        try
        {
            return new Result<T>(func());
        }
        catch (Exception e)
        {
            return new Result<T>(e);
        }
    }
}
