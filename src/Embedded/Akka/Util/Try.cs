using System.Runtime.ExceptionServices;

namespace Akka.Util;

/// <summary>A computation that was tried: its value, or why it failed.</summary>
public class Try<T>
{
    /// <summary>A success.</summary>
    public Try(T success)
    {
        Success = new Option<T>(success);
    }

    /// <summary>A failure.</summary>
    public Try(Exception failure)
    {
        Failure = failure;
    }

    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Success.HasValue;

    /// <summary>The value.</summary>
    public Option<T> Success { get; } = Option<T>.None;

    /// <summary>The failure.</summary>
    public Option<Exception> Failure { get; } = Option<Exception>.None;

    /// <summary>A success with this value.</summary>
    public static implicit operator Try<T>(T value) => new(value);

    /// <summary>Tries <paramref name="func" />.</summary>
    public static Try<T> From(Func<T> func)
    {
        try
        {
            return new Try<T>(func());
        }
        catch (Exception e)
        {
            return new Try<T>(e);
        }
    }

    /// <summary>The value; after a failure the exception is thrown again.</summary>
    public T Get()
    {
        if (!IsSuccess)
        {
            ExceptionDispatchInfo.Throw(Failure.Value);
        }

        return Success.Value;
    }

    /// <summary>This, or after a failure what <paramref name="fallback" /> comes to.</summary>
    public Try<T> GetOrElse(Func<T> fallback) => IsSuccess ? this : From(fallback);

    /// <summary>This, or after a failure <paramref name="alternative" />.</summary>
    public Try<T> OrElse(Try<T> alternative) => IsSuccess ? this : alternative;

    /// <summary>Shows a failure to <paramref name="failureHandler" />; should that throw, its exception is the new failure.</summary>
    public Try<T> Recover(Action<Exception> failureHandler)
    {
        if (IsSuccess)
        {
            return this;
        }

        try
        {
            failureHandler(Failure.Value);
            return this;
        }
        catch (Exception e)
        {
            return new Try<T>(e);
        }
    }

    /// <summary>Replaces a failure by what <paramref name="failureHandler" /> makes of it.</summary>
    public Try<T> RecoverWith(Func<Exception, Try<T>> failureHandler)
    {
        if (IsSuccess)
        {
            return this;
        }

        try
        {
            return failureHandler(Failure.Value);
        }
        catch (Exception e)
        {
            return new Try<T>(e);
        }
    }
}
