using Akka.Event;

namespace Akka.Actor;

/// <summary>The messages of an inbox, and who waits for them. A message goes to whoever has waited longest among those that it suits.</summary>
internal sealed class InboxMessages(int capacity, ILoggingAdapter log)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<object> _messages = [];
    private readonly LinkedList<Wait> _waits = [];
    private bool _isOverflowing;

    public void Add(object message)
    {
        lock (_lock)
        {
            for (var node = _waits.First; node is not null; node = node.Next)
            {
                if (node.Value.Suits(message))
                {
                    _waits.Remove(node);
                    node.Value.Deliver(message);
                    return;
                }
            }

            if (_messages.Count < capacity)
            {
                _isOverflowing = false;
                _messages.AddLast(message);
                return;
            }

            if (_isOverflowing)
            {
                return;
            }

            _isOverflowing = true;
        }

        log.Warning(
            "Dropping message: Inbox size has been exceeded, use akka.actor.inbox.inbox-size to increase maximum allowed inbox size. Current is {0}",
            capacity);
    }

    /// <summary>Waits for a message; it may be there at once.</summary>
    public Wait Take(Predicate<object> suits)
    {
        var wait = new Wait(suits);
        lock (_lock)
        {
            for (var node = _messages.First; node is not null; node = node.Next)
            {
                if (suits(node.Value))
                {
                    _messages.Remove(node);
                    wait.Deliver(node.Value);
                    return wait;
                }
            }

            _waits.AddLast(wait);
            return wait;
        }
    }

    /// <summary>Ends a wait and returns its message, or null when none has come.</summary>
    public object? GiveUp(Wait wait)
    {
        lock (_lock)
        {
            _waits.Remove(wait);
            return wait.Message;
        }
    }

    /// <summary>One wait for one message.</summary>
    internal sealed class Wait(Predicate<object> suits)
    {
        private readonly TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Arrival => _arrival.Task;

        public object? Message { get; private set; }

        public bool Suits(object message) => suits(message);

        public void Deliver(object message)
        {
            Message = message;
            _arrival.SetResult();
        }
    }
}
