namespace ActorScheduler.Model;

/// <summary>One layer of a reservation: for whom resources are set aside. Layers stack, each role lying below the one before.</summary>
/// <param name="Kind">By the agent's configuration, or at run time.</param>
/// <param name="Role">For whom; never <c>*</c>.</param>
/// <param name="Principal">Who reserved; null when nobody authenticated. Static reservations have none.</param>
/// <param name="Labels">Free labels; part of the identity: differently labelled reservations do not merge.</param>
public sealed record Reservation(ReservationKind Kind, string Role, string? Principal, Labels Labels)
{
    /// <summary>A reservation by the agent's own configuration.</summary>
    public static Reservation Static(string role) => new(ReservationKind.Static, role, null, Labels.Empty);

    /// <summary>A reservation made at run time.</summary>
    public static Reservation Dynamic(string role, string? principal = null, params IEnumerable<Label> labels) =>
        new(ReservationKind.Dynamic, role, principal, new Labels(labels));

    /// <inheritdoc/>
    public bool Equals(Reservation? other) =>
        ReferenceEquals(this, other)
        || other is not null && Kind == other.Kind && Role == other.Role && Principal == other.Principal
            && Labels.Equals(other.Labels);

    /// <inheritdoc/>
    public override int GetHashCode() => DeterministicHash.Combine(
        DeterministicHash.Combine((int)Kind, DeterministicHash.Of(Role)),
        DeterministicHash.Combine(DeterministicHash.Of(Principal), Labels.GetHashCode()));
}
