using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>A framework in the book. One that only agents have told of yet is not active.</summary>
internal sealed class FrameworkEntry(FrameworkId id)
{
    public readonly FrameworkId Id = id;
    public readonly Dictionary<string, Subscription> Subscriptions = new(StringComparer.Ordinal);
    public FrameworkCapabilities Capabilities;

    /// <summary>It registered here; agents alone may know of it after a fail-over.</summary>
    public bool IsRegistered;
    public bool IsActive;

    /// <summary>Open offers, in order of age.</summary>
    public OfferEntry? FirstOffer;
    public OfferEntry? LastOffer;
    public int OffersHeld;

    /// <summary>Most open offers at present: halved by each that expires, doubled by each answer.</summary>
    public int HoldLimit;
    public Tally Offered;

    /// <summary>Holds too large a part of the cluster in open offers.</summary>
    public bool IsShareCapped;
    public int FilterCount;
}
