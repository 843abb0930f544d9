using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>The role tree: who competes with whom, what each holds, and who wants offers at all.</content>
public sealed partial class Allocator
{
    private RoleNode RoleOf(string name)
    {
        if (_roles.TryGetValue(name, out RoleNode? known))
            return known;
        int slash = name.LastIndexOf('/');
        RoleNode parent = slash < 0 ? _root : RoleOf(name[..slash]);
        var made = new RoleNode(name, parent, _totals) { Weight = _weights.GetValueOrDefault(name, 1) };
        parent.Children.Add(name, made);
        _roles.Add(name, made);
        return made;
    }

    /// <summary>Forgets roles that nothing refers to any more, upwards.</summary>
    private void Prune(RoleNode role)
    {
        for (RoleNode? node = role; node is { CanBePruned: true, Parent: { } parent }; node = parent)
        {
            parent.Children.Remove(node.Name);
            _roles.Remove(node.Name);
        }
    }

    private static Subscription SubscriptionOf(FrameworkEntry framework, RoleNode role)
    {
        if (framework.Subscriptions.TryGetValue(role.Name, out Subscription? known))
            return known;
        var made = new Subscription(framework, role);
        framework.Subscriptions.Add(role.Name, made);
        role.Subscriptions.Add(framework.Id, made);
        return made;
    }

    private void DropSubscription(Subscription subscription)
    {
        subscription.Framework.Subscriptions.Remove(subscription.Role.Name);
        subscription.Role.Subscriptions.Remove(subscription.Framework.Id);
        _constrained.Remove(subscription);
        Prune(subscription.Role);
    }

    /// <summary>Books resources to a framework, its role and all roles above. Shared resources are free: they exclude nobody.</summary>
    /// <param name="subscription">To whom.</param>
    /// <param name="resources">What.</param>
    /// <param name="isOffer">Counts as having been given something, which decides ties.</param>
    private void Charge(Subscription subscription, Resources resources, bool isOffer)
    {
        Quantities amount = resources.NonShared().Quantities;
        int turn = isOffer ? 1 : 0;
        subscription.Allocated.Add(amount);
        Settle(subscription, turn);
        subscription.Role.Own.Allocated.Add(amount);
        Settle(subscription.Role.Own, turn);
        RoleNode[] path = subscription.Role.Path;
        for (int i = path.Length - 1; i >= 0; i--)
        {
            path[i].Allocated.Add(amount);
            Settle(path[i], turn);
        }
        path[0].UnreservedAllocated.Add(HeadroomOf(resources));
        ConsumptionChanged(path[0], hasShrunk: false);
    }

    /// <summary>The reverse of <see cref="Charge"/>.</summary>
    private void Discharge(Subscription subscription, Resources resources)
    {
        Quantities amount = resources.NonShared().Quantities;
        subscription.Allocated.Subtract(amount);
        Settle(subscription, 0);
        subscription.Role.Own.Allocated.Subtract(amount);
        Settle(subscription.Role.Own, 0);
        RoleNode[] path = subscription.Role.Path;
        for (int i = path.Length - 1; i >= 0; i--)
        {
            path[i].Allocated.Subtract(amount);
            Settle(path[i], 0);
        }
        path[0].UnreservedAllocated.Subtract(HeadroomOf(resources));
        ConsumptionChanged(path[0], hasShrunk: true);
    }

    private static void Settle(ShareNode node, int turn)
    {
        if (node.Order is { } order)
            order.Update(node, node.Allocations + turn);
        else
            node.Allocations += turn;
    }

    /// <summary>What of these resources counts against quota and head-room: unreserved and not to be taken back.</summary>
    private static Quantities HeadroomOf(Resources resources) => resources.ObjectCount == 0
        ? resources.Quantities
        : resources.Sum(static key => key.IsUnreserved && !key.IsRevocable && !key.IsShared, withPlain: true);

    /// <summary>Decides anew whether a framework in a role may be offered something, and enters or removes it where roles are walked.</summary>
    private void Review(Subscription subscription)
    {
        FrameworkEntry framework = subscription.Framework;
        bool isRunnable = subscription is { IsSubscribed: true, IsSuppressed: false }
            && framework.IsActive && framework.OffersHeld < framework.HoldLimit && !framework.IsShareCapped
            && subscription.Request is not { IsCovered: true };
        if (isRunnable == subscription.IsRunnable)
            return;
        subscription.IsRunnable = isRunnable;
        RoleNode role = subscription.Role;
        if (isRunnable)
        {
            role.FrameworkOrder.Insert(subscription);
            if (role.FrameworkOrder.Count == 1)
                role.ChildOrder.Insert(role.Own);
            Mark(subscription);
        }
        else
        {
            role.FrameworkOrder.Remove(subscription);
            if (role.FrameworkOrder.Count == 0)
                role.ChildOrder.Remove(role.Own);
        }
        _root.Runnable += isRunnable ? 1 : -1;
        for (RoleNode node = role; node.Parent is not null; node = node.Parent)
        {
            node.Runnable += isRunnable ? 1 : -1;
            Place(node);
        }
    }

    private void ReviewAll(FrameworkEntry framework)
    {
        foreach (Subscription subscription in framework.Subscriptions.Values)
            Review(subscription);
    }

    /// <summary>Keeps a role in its parent's order exactly while somebody in it wants offers and its limit leaves room.</summary>
    private void Place(RoleNode node)
    {
        bool belongs = node.Runnable > 0 && !node.IsParked;
        if (belongs != (node.Order is not null))
        {
            if (belongs)
                node.Parent!.ChildOrder.Insert(node);
            else
                node.Parent!.ChildOrder.Remove(node);
        }
        if (node.Quota is null && node.OwedPlace.Order is null)
            return;
        bool isOwed = belongs && node.Quota is { Owed.IsZero: false };
        if (isOwed && node.OwedPlace.Order is null)
        {
            node.OwedPlace.Allocated = node.Allocated;
            node.OwedPlace.Weight = node.Weight;
            node.OwedPlace.Allocations = node.Allocations;
            _owedOrder.Insert(node.OwedPlace);
        }
        else if (!isOwed && node.OwedPlace.Order is not null)
        {
            _owedOrder.Remove(node.OwedPlace);
        }
        else if (isOwed)
        {
            node.OwedPlace.Allocated = node.Allocated;
            node.OwedPlace.Weight = node.Weight;
            _owedOrder.Update(node.OwedPlace, node.Allocations);
        }
    }

    private void Mark(AgentEntry agent)
    {
        if (agent.IsDirty)
            return;
        agent.IsDirty = true;
        _dirtyAgents.Add(agent);
    }

    private void Mark(Subscription subscription)
    {
        if (subscription.IsDirty || !subscription.IsRunnable)
            return;
        subscription.IsDirty = true;
        _dirtySubscriptions.Add(subscription);
    }

    /// <summary>Everybody in the sub-tree may be able to take what it could not before.</summary>
    private void Mark(RoleNode role)
    {
        if (role.Runnable == 0)
            return;
        foreach (Subscription subscription in role.Subscriptions.Values)
            Mark(subscription);
        foreach (RoleNode child in role.Children.Values)
            Mark(child);
    }
}
