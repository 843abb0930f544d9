using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorScheduler.Model;

namespace ActorScheduler.Client;

/// <summary>
/// The offers of a session: those that wait to be read, and those that were read and are open. Each is read once, although masters
/// may tell of it again; one that was withdrawn is read again only when its reader has seen that.
/// <code>
///   told -> waits -> read -> answered            a withdrawal takes it out of wherever it is,
///             '-- no room: given back            and waits to be read itself when the offer was
/// </code>
/// </summary>
/// <param name="room">Offers, and withdrawals, that may wait to be read.</param>
internal sealed class OfferBuffer(int room)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<OfferId, LinkedListNode<Offer>> _unread = [];
    private readonly LinkedList<Offer> _unreadOrder = new();
    private readonly Dictionary<OfferId, string> _read = [];
    private readonly OrderedDictionary<OfferId, string> _withdrawn = [];
    private readonly Channel<bool> _offered = Signal();
    private readonly Channel<bool> _withdrew = Signal();

    /// <summary>Offers that were neither answered nor withdrawn, with their roles.</summary>
    public IReadOnlyList<(OfferId Id, string Role)> Open
    {
        get
        {
            lock (_lock)
                return [.. _read.Select(static offer => (offer.Key, offer.Value)), .. _unreadOrder.Select(static offer => (offer.Id, offer.Role))];
        }
    }

    /// <summary>An offer was told, perhaps again.</summary>
    /// <returns>The oldest offer that waited, when there is no more room: it is to be given back.</returns>
    public Offer? Add(Offer offer)
    {
        lock (_lock)
        {
            if (_unread.ContainsKey(offer.Id) || _read.ContainsKey(offer.Id))
                return null;
            if (_withdrawn.Remove(offer.Id))
            {
                // Withdrawn and told again before anybody saw it: nothing has happened for whoever holds it.
                _read.Add(offer.Id, offer.Role);
                return null;
            }
            _unread.Add(offer.Id, _unreadOrder.AddLast(offer));
            _offered.Writer.TryWrite(true);
            if (_unread.Count <= room)
                return null;
            Offer oldest = _unreadOrder.First!.Value;
            _unreadOrder.RemoveFirst();
            _unread.Remove(oldest.Id);
            return oldest;
        }
    }

    /// <summary>Offers may no longer be used; none named: all.</summary>
    public void Withdraw(IReadOnlyList<OfferId> offers)
    {
        lock (_lock)
        {
            foreach (OfferId id in offers.Count == 0 ? [.. _unread.Keys, .. _read.Keys] : offers)
            {
                // What nobody has read nobody need hear of.
                if (_unread.Remove(id, out LinkedListNode<Offer>? waiting))
                    _unreadOrder.Remove(waiting);
                if (_read.Remove(id, out string? role) && _withdrawn.TryAdd(id, role))
                    _withdrew.Writer.TryWrite(true);
            }
            while (_withdrawn.Count > room)
                _withdrawn.RemoveAt(0);
        }
    }

    /// <summary>An offer is being answered: nobody reads it or hears of it any more.</summary>
    public void Answered(OfferId id)
    {
        lock (_lock)
        {
            if (_unread.Remove(id, out LinkedListNode<Offer>? waiting))
                _unreadOrder.Remove(waiting);
            _read.Remove(id);
            _withdrawn.Remove(id);
        }
    }

    /// <summary>Offers in the order in which they were told.</summary>
    public IAsyncEnumerable<Offer> ReadAsync(CancellationToken cancellation) => Read<Offer>(_offered.Reader, NextOffer, cancellation);

    /// <summary>Offers that were read and then withdrawn.</summary>
    public IAsyncEnumerable<OfferId> ReadWithdrawnAsync(CancellationToken cancellation) => Read<OfferId>(_withdrew.Reader, NextWithdrawn, cancellation);

    /// <summary>Nothing comes any more.</summary>
    public void Complete()
    {
        _offered.Writer.TryComplete();
        _withdrew.Writer.TryComplete();
    }

    private static Channel<bool> Signal() => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private static async IAsyncEnumerable<T> Read<T>(ChannelReader<bool> signal, TryNext<T> tryNext, [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            // Before anything is taken, so that what comes meanwhile is signalled again.
            signal.TryRead(out _);
            cancellation.ThrowIfCancellationRequested();
            while (tryNext(out T? next))
            {
                yield return next!;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        while (await signal.WaitToReadAsync(cancellation).ConfigureAwait(false));
    }

    private bool NextOffer(out Offer? offer)
    {
        lock (_lock)
        {
            offer = _unreadOrder.First?.Value;
            if (offer is null)
                return false;
            _unreadOrder.RemoveFirst();
            _unread.Remove(offer.Id);
            _read.Add(offer.Id, offer.Role);
            return true;
        }
    }

    private bool NextWithdrawn(out OfferId id)
    {
        lock (_lock)
        {
            id = default;
            if (_withdrawn.Count == 0)
                return false;
            id = _withdrawn.GetAt(0).Key;
            _withdrawn.RemoveAt(0);
            return true;
        }
    }

    private delegate bool TryNext<T>(out T? next);
}
