using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Offers;

/// <summary>A framework that has registered with this allocator; forgotten with it.</summary>
internal sealed class FrameworkOnBook
{
    /// <summary>What it says of itself.</summary>
    public required RegisterFramework Registered { get; set; }

    /// <summary>Its open offers.</summary>
    public Dictionary<OfferId, Offer> Offers { get; } = [];

    /// <summary>Answers that it may ask for again, by the numbers of its uses.</summary>
    public SortedDictionary<long, OffersUsed> Answers { get; } = [];

    /// <summary>Forgets answers that it has.</summary>
    public void Prune(long oldestOpen)
    {
        while (Answers.Count > 0 && Answers.Keys.First() is var first && first < oldestOpen)
            Answers.Remove(first);
    }
}
