namespace Akka.Actor;

/// <summary>Calls off what it was given for, such as a scheduled message, and tells whoever asks.</summary>
public interface ICancelable
{
    bool IsCancellationRequested { get; }

    /// <summary>A token for APIs of the framework.</summary>
    CancellationToken Token { get; }

    void Cancel();

    /// <summary>Cancels after a while, unless it is cancelled before.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Cancels after so many milliseconds.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Cancels; if asked so, the first exception of a callback on the token is thrown at once.</summary>
    void Cancel(bool throwOnFirstException);
}
