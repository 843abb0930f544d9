using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and awaits its end.</summary>
public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends <paramref name="stopMessage"/>; the task is true once the actor has ended.</summary>
    /// <exception cref="TaskCanceledException">It did not end in time (by the task).</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        using var ended = target.WatchedEnd();
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            return await ended.Task.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException failure)
        {
            throw new TaskCanceledException($"{target} did not stop within {timeout}", failure);
        }
    }

    /// <summary>Watches from outside of any actor.</summary>
    internal static EndOfActor WatchedEnd(this IActorRef target) => new((IInternalActorRef)target);

    /// <summary>A watcher that is no actor: its task ends when the watched actor does.</summary>
    internal sealed class EndOfActor : MinimalActorRef, IDisposable
    {
        private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly IInternalActorRef _target;

        internal EndOfActor(IInternalActorRef target)
        {
            _target = target;
            Provider = target.Provider;
            Path = Provider.TempPath();
            Provider.RegisterTempActor(this, Path);
            target.SendSystemMessage(new Watch(target, this));
        }

        public override ActorPath Path { get; }

        public override IActorRefProvider Provider { get; }

        internal Task<bool> Task => _ended.Task;

        public override void SendSystemMessage(ISystemMessage message)
        {
            if (message is DeathWatchNotification notification && notification.Actor.Equals(_target)) _ended.TrySetResult(true);
        }

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is Terminated terminated && terminated.ActorRef.Equals(_target)) _ended.TrySetResult(true);
        }

        public void Dispose()
        {
            if (!_ended.Task.IsCompleted) _target.SendSystemMessage(new Unwatch(_target, this));
            Provider.UnregisterTempActor(Path);
        }
    }
}
