namespace ActorScheduler.Master.Frameworks;

/// <summary>A use of offers that is on its way: first to the allocator, then to the agent.</summary>
internal sealed class PendingUse(OffersAccepted accepted)
{
    /// <summary>What the scheduler wanted.</summary>
    public OffersAccepted Accepted { get; } = accepted;

    /// <summary>What the allocator granted; null while it has not answered.</summary>
    public UseGranted? Granted { get; set; }
}
