using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <summary>What the allocator needs to know of a framework.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Roles">The roles it wants offers in; at least one.</param>
/// <param name="Capabilities">What it understands.</param>
/// <param name="SuppressedRoles">Roles it does not want offers in for now.</param>
/// <param name="Constraints">Which agents it wants to see, by role.</param>
/// <param name="MinimumAllocatable">Its own smallest offers by role, any one of several; replaces the allocator's.</param>
public sealed record FrameworkProfile(
    FrameworkId Id, IReadOnlyList<string> Roles, FrameworkCapabilities Capabilities = FrameworkCapabilities.None,
    IReadOnlyList<string>? SuppressedRoles = null, IReadOnlyDictionary<string, OfferConstraints>? Constraints = null,
    IReadOnlyDictionary<string, IReadOnlyList<Quantities>>? MinimumAllocatable = null);
