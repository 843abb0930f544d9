namespace Akka.TestKit.Internal;

/// <summary>
/// What a test actor received and the test has not looked at yet. Each way to wait exists in two forms by one flag: a
/// caller that must stay on its thread blocks it, all others await.
/// </summary>
internal sealed class MessageQueue
{
    private readonly LinkedList<MessageEnvelope> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    internal bool HasMessages => _available.CurrentCount > 0;

    internal void Enqueue(MessageEnvelope message)
    {
        lock (_messages) _messages.AddLast(message);
        _available.Release();
    }

    /// <param name="wait">Infinite, or not negative.</param>
    /// <returns>The first message; null when there was none in time.</returns>
    internal async ValueTask<MessageEnvelope?> Take(bool blocks, TimeSpan wait, CancellationToken cancellation)
    {
        if (!await Available(blocks, wait, cancellation).ConfigureAwait(true)) return null;
        lock (_messages)
        {
            var first = _messages.First!.Value;
            _messages.RemoveFirst();
            return first;
        }
    }

    internal async ValueTask<MessageEnvelope?> Peek(bool blocks, TimeSpan wait, CancellationToken cancellation)
    {
        if (!await Available(blocks, wait, cancellation).ConfigureAwait(true)) return null;
        MessageEnvelope first;
        lock (_messages) first = _messages.First!.Value;
        _available.Release();
        return first;
    }

    private ValueTask<bool> Available(bool blocks, TimeSpan wait, CancellationToken cancellation) => blocks
        ? new ValueTask<bool>(_available.Wait(wait, cancellation))
        : new ValueTask<bool>(_available.WaitAsync(wait, cancellation));
}
