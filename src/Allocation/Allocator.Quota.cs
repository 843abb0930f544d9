using System.Globalization;
using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Quota;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Quota and weights: operators' decisions on roles.</content>
public sealed partial class Allocator
{
    /// <summary>Smallest weight: with what is smaller shares are no numbers any more.</summary>
    public const double LeastWeight = 0.001;

    /// <summary>Largest weight.</summary>
    public const double MostWeight = 1_000_000;

    /// <summary>Sets how much a role counts relative to its siblings; 1 by default. The role need not exist yet.</summary>
    /// <param name="role">The role, at any level.</param>
    /// <param name="weight"><see cref="LeastWeight"/> to <see cref="MostWeight"/>; 2 entitles to twice the share of a sibling with 1.</param>
    public Refusal? SetWeight(string role, double weight)
    {
        if (RoleName.Check("role", role) is { } badRole)
            return Invalid(badRole);
        if (weight is not (>= LeastWeight and <= MostWeight))
            return Invalid("weight", string.Create(CultureInfo.InvariantCulture, $"must lie between {LeastWeight} and {MostWeight}, is {weight}"));
        if (!_weights.ContainsKey(role) && _weights.Count >= _options.Roles)
            return new Refusal(RefusalKind.LimitReached, "role", $"weights are set for {_options.Roles} roles already");
        _weights[role] = weight;
        if (_roles.TryGetValue(role, out RoleNode? node))
        {
            node.Weight = weight;
            Settle(node, 0);
            Place(node);
        }
        return null;
    }

    /// <summary>A role counts 1 again.</summary>
    public Refusal? RemoveWeight(string role)
    {
        if (!_weights.Remove(role ?? ""))
            return Unknown("role", role ?? "");
        if (_roles.TryGetValue(role!, out RoleNode? node))
        {
            node.Weight = 1;
            Settle(node, 0);
            Place(node);
        }
        return null;
    }

    /// <summary>
    /// Guarantees a top-level role resources and limits it to others. What is reserved for the role counts as consumed. Open
    /// offers of other roles are rescinded as far as the guarantee needs them.
    /// </summary>
    /// <param name="role">A top-level role, not <c>*</c>.</param>
    /// <param name="guarantees">What the role gets before anybody gets more than a guarantee. May be zero.</param>
    /// <param name="limits">Thousandths by name that the role may not exceed; a name that is absent is not limited.</param>
    /// <param name="force">Set it even when the cluster is too small for all guarantees, or the role consumes more than the limit.</param>
    public Refusal? SetQuota(
        string role, Quantities guarantees, IReadOnlyDictionary<ResourceName, long> limits, bool force = false)
    {
        if (RoleName.Check("role", role) is { } badRole)
            return Invalid(badRole);
        if (role == RoleName.Default || RoleName.Depth(role) > 1)
            return Invalid("role", "quota can be set on top-level roles only, and not on '*'");
        foreach ((ResourceName name, long guarantee) in guarantees.NonZero())
        {
            if (guarantee is < 0 or > FixedPoint.Max)
                return Invalid($"guarantees.{name}", $"must lie between 0 and {FixedPoint.Max / FixedPoint.Scale}");
        }
        foreach ((ResourceName name, long limit) in limits)
        {
            if (ResourceName.Check("limits", name.Text) is { } badName)
                return Invalid(badName);
            if (limit is < 0 or > FixedPoint.Max || guarantees[name] > limit)
                return Invalid($"limits.{name}", $"must lie between 0 and {FixedPoint.Max / FixedPoint.Scale}, and not below the guarantee");
        }
        _roles.TryGetValue(role, out RoleNode? node);
        if (!force && CheckCapacity(node, guarantees, limits) is { } conflict)
            return conflict;
        if (node is null && _roles.Count >= _options.Roles)
            return new Refusal(RefusalKind.LimitReached, "role", $"there are {_options.Roles} roles already");
        node ??= RoleOf(role);
        Quantities owedBefore = node.Quota?.Owed ?? Quantities.Zero;
        if (node.Quota is null)
            _quota.Roles.Add(node);
        node.Quota = new RoleQuota(guarantees, limits.ToDictionary()) { Owed = owedBefore };
        QuotaChanged(node, owedBefore);
        ReclaimFor(node);
        return null;
    }

    /// <summary>Takes guarantees and limits off a role.</summary>
    public Refusal? RemoveQuota(string role)
    {
        if (role is null || !_roles.TryGetValue(role, out RoleNode? node) || node.Quota is not { } quota)
            return Unknown("role", role ?? "");
        _quota.Roles.Remove(node);
        node.Quota = null;
        QuotaChanged(node, quota.Owed);
        Prune(node);
        return null;
    }

    private Refusal? CheckCapacity(RoleNode? node, Quantities guarantees, IReadOnlyDictionary<ResourceName, long> limits)
    {
        Quantities all = guarantees;
        foreach (RoleNode other in _quota.Roles)
        {
            if (!ReferenceEquals(other, node))
                all = all.Add(other.Quota!.Guarantees);
        }
        if (!_totals.Sum.Contains(all))
            return new Refusal(RefusalKind.Conflict, "guarantees", $"all guarantees together ({all}) exceed the cluster ({_totals.Sum})");
        foreach ((ResourceName name, long limit) in limits)
        {
            if (node is not null && QuotaBook.Consumed(node, name) > limit)
            {
                return new Refusal(
                    RefusalKind.Conflict, $"limits.{name}", $"the role consumes {FixedPoint.Format(QuotaBook.Consumed(node, name))} already");
            }
        }
        return null;
    }

    private void QuotaChanged(RoleNode top, Quantities owedBefore)
    {
        _quota.Settle(top, owedBefore);
        Park(top);
        Place(top);
        top.WasLimited = top.IsParked;
        Mark(top);
    }

    /// <summary>Keeps quota's running sums after a role has been given something or has given it back.</summary>
    private void ConsumptionChanged(RoleNode top, bool hasShrunk)
    {
        if (top.Quota is not { } quota)
            return;
        bool isOwedMore = _quota.Settle(top, quota.Owed);
        Park(top);
        Place(top);
        if (hasShrunk && top.WasLimited)
        {
            // Parked roles are not looked at and cannot note again that they were limited.
            top.WasLimited = top.IsParked;
            Mark(top);
        }
        else if (isOwedMore && _keptBack.Count + _keptBackSpecial.Count > 0)
        {
            Mark(top);
        }
    }

    /// <summary>A role whose limit leaves nothing worth offering is taken out of the walk until it consumes less.</summary>
    private void Park(RoleNode top)
    {
        bool isParked = top.Quota is not null && _ownMinimums == 0 && !QuotaBook.LimitRoom(top).AllowsAny(_options.MinimumAllocatable);
        // Whoever is parked misses agents that come meanwhile.
        top.WasLimited |= isParked;
        _parked += (isParked ? 1 : 0) - (top.IsParked ? 1 : 0);
        top.IsParked = isParked;
    }

    /// <summary>Takes open offers of others back, newest first, until what is idle pays what is owed.</summary>
    private void ReclaimFor(RoleNode role)
    {
        OfferEntry? next = _newestOffer;
        while (next is not null && !_quota.Available.Contains(_quota.Required))
        {
            OfferEntry offer = next;
            next = offer.Older;
            if (ReferenceEquals(offer.Subscription.Role.TopLevel, role) || HeadroomOf(offer.Resources).IsZero)
                continue;
            Rescind(offer, RescindReason.Reclaimed);
        }
    }
}
