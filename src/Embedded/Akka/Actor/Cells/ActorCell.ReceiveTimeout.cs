namespace Akka.Actor;

/// <summary>The receive time-out: a message to oneself when no other came for a while.</summary>
public partial class ActorCell
{
    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeout;

    /// <summary>Sets the time without messages after which <see cref="Akka.Actor.ReceiveTimeout"/> is sent; null for never.</summary>
    /// <exception cref="ArgumentException">The time is not positive.</exception>
    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        if (timeout == Timeout.InfiniteTimeSpan) timeout = null;
        if (timeout is { } time && time <= TimeSpan.Zero)
            throw new ArgumentException($"The receive time-out must be positive, not {time}", nameof(timeout));
        if (timeout is null && _extras is null) return;
        if (timeout == Extras.ReceiveTimeout) return;
        Extras.ReceiveTimeout = timeout;
        // The old time counts no more; the new one is armed when the current message has been handled.
        CancelReceiveTimeout();
    }

    /// <summary>Arms the time-out, anew if it runs already and <paramref name="reschedule"/> says so.</summary>
    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (_extras is not { ReceiveTimeout: { } timeout }) return;
        if (!reschedule && _extras.PendingReceiveTimeout is not null) return;
        CancelReceiveTimeout();
        _extras.PendingReceiveTimeout = _system.Scheduler.ScheduleTellOnceCancelable(timeout, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    private void CancelReceiveTimeout()
    {
        if (_extras?.PendingReceiveTimeout is not { } pending) return;
        pending.Cancel();
        _extras.PendingReceiveTimeout = null;
    }
}
