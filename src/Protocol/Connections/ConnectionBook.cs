using System.Net;
using System.Net.Sockets;

namespace ActorScheduler.Protocol.Connections;

/// <summary>
/// The connections that a port has, and which new ones it takes. When there is no room the one that has waited longest without saying who it is
/// makes it: of the same address when that has its share, else of all. Those that are known stay.
/// </summary>
/// <param name="limits">How many.</param>
/// <param name="warn">Takes a sentence when connections are ended or refused, a minute apart; null for nobody.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class ConnectionBook(ConnectionLimits limits, Action<string>? warn = null, TimeProvider? time = null)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _strangers = new();
    private readonly Dictionary<string, OfAddress> _addresses = [];
    private int _count;
    private long? _warnedAt;

    internal ConnectionLimits Limits => limits;

    /// <summary>Those that are there, or are being ended.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>A connection comes. Null when it must be closed at once.</summary>
    /// <param name="from">The other end; null when that is not known.</param>
    /// <param name="end">Closes it, to make room; called at most once, and may be called before this returns to another caller.</param>
    internal IConnectionEntry? Admit(IPAddress? from, Action end)
    {
        string address = AddressOf(from);
        Entry? ended = null, made = null;
        string? warning = null;
        lock (_lock)
        {
            OfAddress same = _addresses.TryGetValue(address, out OfAddress? known) ? known : new OfAddress();
            bool isShareUsed = same.Count >= limits.MostOfOneAddress, isFull = _count >= limits.Most;
            if (isShareUsed || isFull)
            {
                // What is being ended takes its file until it is closed; so there is an end to this too.
                ended = _count < limits.Most + Math.Max(limits.Most / 4, 1) ? (isShareUsed ? same.Strangers : _strangers).First?.Value : null;
                if (ended is not null)
                    Forget(ended);
                warning = Warning(address, isShareUsed);
            }
            if (ended is not null || !(isShareUsed || isFull))
            {
                made = new Entry(this, address, end);
                made.AmongAll = _strangers.AddLast(made);
                made.AmongSame = same.Strangers.AddLast(made);
                _count++;
                same.Count++;
                _addresses[address] = same;
            }
        }
        if (warning is not null)
            warn?.Invoke(warning);
        ended?.End();
        return made;
    }

    /// <summary>Hosts have whole networks of IPv6: the first half says who they are.</summary>
    private static string AddressOf(IPAddress? from)
    {
        if (from is { IsIPv4MappedToIPv6: true })
            from = from.MapToIPv4();
        return from is not { AddressFamily: AddressFamily.InterNetworkV6 } || IPAddress.IsLoopback(from) ? $"{from}"
            : $"{new IPAddress([.. from.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64";
    }

    private string? Warning(string address, bool isShareUsed)
    {
        long now = _time.GetTimestamp();
        if (_warnedAt is { } last && _time.GetElapsedTime(last, now) < BetweenWarnings)
            return null;
        _warnedAt = now;
        return isShareUsed
            ? $"{address} has its {limits.MostOfOneAddress} connections: further ones take the place of those that have not said who they are, or are refused"
            : $"all {limits.Most} connections are taken: further ones take the place of those that have not said who they are, or are refused";
    }

    /// <summary>It does not count for its address any more, and is not ended twice.</summary>
    private void Forget(Entry entry)
    {
        Acquaint(entry);
        if (entry.IsForgotten)
            return;
        entry.IsForgotten = true;
        OfAddress same = _addresses[entry.Address];
        if (--same.Count == 0)
            _addresses.Remove(entry.Address);
    }

    private void Acquaint(Entry entry)
    {
        if (entry is not { AmongAll: { } all, AmongSame: { } same })
            return;
        _strangers.Remove(all);
        same.List!.Remove(same);
        entry.AmongAll = entry.AmongSame = null;
    }

    private sealed class OfAddress
    {
        public int Count { get; set; }

        public LinkedList<Entry> Strangers { get; } = new();
    }

    private sealed class Entry(ConnectionBook book, string address, Action end) : IConnectionEntry
    {
        public string Address => address;

        public LinkedListNode<Entry>? AmongAll { get; set; }

        public LinkedListNode<Entry>? AmongSame { get; set; }

        public bool IsForgotten { get; set; }

        private bool IsClosed { get; set; }

        public void End() => end();

        public void Know()
        {
            lock (book._lock)
                book.Acquaint(this);
        }

        public void Dispose()
        {
            lock (book._lock)
            {
                if (IsClosed)
                    return;
                IsClosed = true;
                book._count--;
                book.Forget(this);
            }
        }
    }
}

/// <summary>The place that a connection has; disposing of it says that it is closed.</summary>
internal interface IConnectionEntry : IDisposable
{
    /// <summary>The other end has shown who it is: it is not ended to make room for others.</summary>
    void Know();
}
