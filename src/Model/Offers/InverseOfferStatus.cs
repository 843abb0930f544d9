namespace ActorScheduler.Model;

/// <summary>What a framework answered to an inverse offer; the numbers are Mesos's.</summary>
public enum InverseOfferStatus
{
    /// <summary>No answer yet.</summary>
    Unknown = 1,

    /// <summary>It will leave in time.</summary>
    Accepted = 2,

    /// <summary>It will not.</summary>
    Declined = 3,
}
