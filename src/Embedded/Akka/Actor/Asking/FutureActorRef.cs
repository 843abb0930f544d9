using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The temporary actor behind an Ask: takes the first message as the result of its task. It is an object of its own,
/// not an actor with a mailbox, and it gets a path only when somebody asks for one, for instance to send it to another
/// node.
/// </summary>
public sealed class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private readonly Lock _pathLock = new();
    private ActorPath? _path;
    private HashSet<IActorRef>? _watchers;
    private CancellationTokenSource? _timeout;
    private CancellationTokenRegistration _whenCancelled;
    private CancellationTokenRegistration _whenTimedOut;
    private TimeSpan _limit;

    public FutureActorRef(TaskCompletionSource<T> result, ActorPath path, IActorRefProvider provider)
    {
        _result = result;
        _path = path;
        _provider = provider;
    }

    internal FutureActorRef(TaskCompletionSource<T> result, IActorRefProvider provider)
    {
        _result = result;
        _provider = provider;
    }

    public override ActorPath Path => Volatile.Read(ref _path) ?? Register();

    public override IActorRefProvider Provider => _provider;

    public override IInternalActorRef Parent => _provider.TempContainer;

    public override bool IsTerminated => _result.Task.IsCompleted;

    /// <summary>Sends a message with this as the sender.</summary>
    public void DeliverAsk(object message, ICanTell destination) => destination.Tell(message, this);

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                lock (_pathLock) _watchers?.Remove(unwatch.Watcher);
                break;
        }
    }

    public override void Stop()
    {
        if (_result.TrySetCanceled()) Ended();
    }

    internal Task<T> Ask(ICanTell target, object message, TimeSpan? timeout, CancellationToken cancellation)
    {
        var limit = timeout ?? _provider.Settings.AskTimeout;
        if (limit != Timeout.InfiniteTimeSpan && limit > TimeSpan.Zero) EndAfter(limit);
        else if (timeout is not null && limit != Timeout.InfiniteTimeSpan) EndAfter(TimeSpan.Zero);
        if (cancellation.CanBeCanceled)
            _whenCancelled = cancellation.UnsafeRegister(static (self, token) => ((FutureActorRef<T>)self!).Cancel(token), this);
        if (_result.Task.IsCompleted)
        {
            Ended();
            return _result.Task;
        }

        DeliverAsk(message, target);
        return _result.Task;
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        var taken = message switch
        {
            ISystemMessage => _result.TrySetException(new InvalidOperationException($"system message of type '{message.GetType().Name}' is invalid for an Ask")),
            T answer => _result.TrySetResult(answer),
            Status.Failure failure => _result.TrySetException(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => _result.TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        if (taken) Ended();
        else if (!_result.Task.IsCanceled) _provider.DeadLetters.Tell(new DeadLetter(message, sender ?? _provider.DeadLetters, this), this);
    }

    private void EndAfter(TimeSpan limit)
    {
        _timeout = new CancellationTokenSource(limit);
        _whenTimedOut = _timeout.Token.UnsafeRegister(static (state, _) => ((FutureActorRef<T>)state!).TimeOut(), this);
        _limit = limit;
    }

    private void TimeOut()
    {
        if (_result.TrySetException(new AskTimeoutException($"Timeout after {_limit} seconds"))) Ended();
    }

    private void Cancel(CancellationToken token)
    {
        if (_result.TrySetCanceled(token)) Ended();
    }

    private ActorPath Register()
    {
        lock (_pathLock)
        {
            if (_path is not null) return _path;
            var path = _provider.TempPath();
            if (!_result.Task.IsCompleted) _provider.RegisterTempActor(this, path);
            Volatile.Write(ref _path, path);
            return path;
        }
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        lock (_pathLock)
        {
            if (!_result.Task.IsCompleted)
            {
                (_watchers ??= []).Add(watcher);
                return;
            }
        }

        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    private void Ended()
    {
        _whenCancelled.Dispose();
        _whenTimedOut.Dispose();
        _timeout?.Dispose();
        HashSet<IActorRef>? watchers;
        lock (_pathLock)
        {
            if (_path is not null) _provider.UnregisterTempActor(_path);
            watchers = _watchers;
            _watchers = null;
        }

        foreach (var watcher in watchers ?? [])
            ((IInternalActorRef)watcher).SendSystemMessage(
                new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }
}
