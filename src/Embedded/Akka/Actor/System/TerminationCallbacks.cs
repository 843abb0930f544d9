using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>What users want to be called for when a system has terminated; the last one registered goes first.</summary>
internal sealed class TerminationCallbacks(ILoggingAdapter log)
{
    private readonly Stack<Action> _callbacks = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasRun;

    internal Task Done => _done.Task;

    /// <exception cref="InvalidOperationException">The system has terminated already.</exception>
    internal void Add(Action code)
    {
        lock (_callbacks)
        {
            if (_hasRun) throw new InvalidOperationException("ActorSystem already terminated.");
            _callbacks.Push(code);
        }
    }

    internal void Run()
    {
        Action[] callbacks;
        lock (_callbacks)
        {
            if (_hasRun) return;
            _hasRun = true;
            callbacks = [.. _callbacks];
            _callbacks.Clear();
        }

        foreach (var callback in callbacks)
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                log.Error(failure, "A callback of RegisterOnTermination failed");
            }
        }

        _done.TrySetResult();
    }
}
