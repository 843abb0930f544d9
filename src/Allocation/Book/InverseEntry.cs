using ActorScheduler.Model;

namespace ActorScheduler.Allocation.Book;

/// <summary>What was asked of one framework about one agent's maintenance.</summary>
internal sealed class InverseEntry(InverseOfferId id)
{
    public InverseOfferId Id = id;
    public bool IsOpen = true;
    public InverseOfferStatus Status = InverseOfferStatus.Unknown;

    /// <summary>When it is asked again, in ticks.</summary>
    public long AskAgainAt = long.MaxValue;
}
