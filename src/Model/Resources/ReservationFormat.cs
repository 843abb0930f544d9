namespace ActorScheduler.Model;

/// <summary>How JSON says that a resource is reserved.</summary>
public enum ReservationFormat
{
    /// <summary>By <c>reservations</c>, a list of layers: frameworks with RESERVATION_REFINEMENT.</summary>
    PostRefinement,

    /// <summary>By <c>role</c> and <c>reservation</c>: one layer only.</summary>
    PreRefinement,
}
