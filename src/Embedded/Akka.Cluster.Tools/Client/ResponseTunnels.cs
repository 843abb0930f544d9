using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Cluster.Tools.Client;

/// <summary>The tunnels of a receptionist: one for each sender, and one for each Ask.</summary>
internal sealed class ResponseTunnels(IActorRefProvider provider, TimeSpan timeout)
{
    private readonly Dictionary<IActorRef, ResponseTunnel> _bySender = [];
    private readonly ConcurrentQueue<ResponseTunnel> _asks = new();
    private ResponseTunnel? _last;

    internal IActorRef For(IActorRef sender)
    {
        // Without a sender there is nobody to answer to.
        if (ReferenceEquals(sender, provider.DeadLetters)) return sender;

        // Most often the same sender comes again.
        if (_last is { IsTerminated: false } last && ReferenceEquals(last.Client, sender))
        {
            last.Use();
            return last;
        }

        if (!_bySender.TryGetValue(sender, out var tunnel))
        {
            // Nobody has to remember a tunnel for one answer, unless it can be found by its path.
            if (ResponseTunnel.IsAsk(sender)) return new ResponseTunnel(sender, provider, isForOneAnswer: true, _asks.Enqueue);
            _bySender[sender] = tunnel = new ResponseTunnel(sender, provider, isForOneAnswer: false, static _ => { });
        }

        tunnel.Use();
        return _last = tunnel;
    }

    /// <summary>Ends the tunnels that nobody has used for the time.</summary>
    internal void EndIdle()
    {
        foreach (var (sender, tunnel) in _bySender.Where(pair => pair.Value.Idle >= timeout).ToArray())
        {
            _bySender.Remove(sender);
            tunnel.End();
        }

        while (_asks.TryPeek(out var ask) && (ask.IsTerminated || ask.Idle >= timeout) && _asks.TryDequeue(out ask)) ask.End();
    }

    internal void EndAll()
    {
        foreach (var tunnel in _bySender.Values) tunnel.End();
        _bySender.Clear();
        while (_asks.TryDequeue(out var ask)) ask.End();
    }
}
