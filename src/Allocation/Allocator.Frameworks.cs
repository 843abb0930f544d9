using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Commands about frameworks.</content>
public sealed partial class Allocator
{
    private readonly HashSet<Subscription> _constrained = [];
    private int _ownMinimums;
    private int _revocableTakers;

    /// <summary>Enters a framework, active. Agents may have told of its tasks before.</summary>
    public Refusal? AddFramework(FrameworkProfile profile, TimeSpan now)
    {
        Advance(now);
        if (_frameworks.TryGetValue(profile.Id, out FrameworkEntry? known) && known.IsRegistered)
            return new Refusal(RefusalKind.Duplicate, "id", $"'{profile.Id}' is there already");
        if (known is null && _frameworks.Count >= _options.Frameworks)
            return new Refusal(RefusalKind.LimitReached, "id", $"there are {_options.Frameworks} frameworks already");
        if (Check(profile) is { } refusal)
            return refusal;
        FrameworkEntry framework = known ?? FrameworkOf(profile.Id);
        framework.IsRegistered = true;
        framework.IsActive = true;
        _activeFrameworks++;
        Apply(framework, profile);
        return null;
    }

    /// <summary>Changes roles, capabilities, constraints, suppressed roles. Open offers in roles that it leaves are rescinded.</summary>
    public Refusal? UpdateFramework(FrameworkProfile profile, TimeSpan now)
    {
        Advance(now);
        if (!_frameworks.TryGetValue(profile.Id, out FrameworkEntry? framework) || !framework.IsRegistered)
            return Unknown("id", profile.Id);
        if (Check(profile) is { } refusal)
            return refusal;
        Apply(framework, profile);
        return null;
    }

    /// <summary>The framework is connected: it may be offered resources.</summary>
    public Refusal? ActivateFramework(FrameworkId id, TimeSpan now) => SetActive(id, isActive: true, now);

    /// <summary>The framework is not connected: its offers are rescinded and none are made. Its tasks stay.</summary>
    public Refusal? DeactivateFramework(FrameworkId id, TimeSpan now) => SetActive(id, isActive: false, now);

    /// <summary>Forgets a framework and frees all that it holds.</summary>
    public Refusal? RemoveFramework(FrameworkId id, TimeSpan now)
    {
        Advance(now);
        if (!_frameworks.TryGetValue(id, out FrameworkEntry? framework))
            return Unknown("id", id);
        RescindAll(framework, RescindReason.FrameworkInactive);
        if (framework.IsActive)
            _activeFrameworks--;
        framework.IsActive = false;
        framework.IsRegistered = false;
        foreach (Subscription subscription in framework.Subscriptions.Values.ToArray())
        {
            subscription.IsSubscribed = false;
            LeaveRole(subscription);
            foreach (AgentEntry agent in subscription.Agents.OrderBy(agent => agent.Slot).ToArray())
            {
                if (agent.HoldingOf(subscription) is { } holding)
                    Free(agent, holding, holding.Resources);
            }
            DropSubscription(subscription);
        }
        SetCapabilities(framework, FrameworkCapabilities.None);
        _frameworks.Remove(id);
        ReviewShareCaps();
        return null;
    }

    /// <summary>No more offers in these roles (all when none are named) until revived.</summary>
    public Refusal? Suppress(FrameworkId id, IReadOnlyList<string> roles, TimeSpan now)
    {
        Advance(now);
        if (Find(id, roles, out IEnumerable<Subscription> subscriptions) is { } refusal)
            return refusal;
        foreach (Subscription subscription in subscriptions)
        {
            subscription.IsSuppressed = true;
            Review(subscription);
        }
        return null;
    }

    /// <summary>Wants offers in these roles (all when none are named) again, and forgets refusals there.</summary>
    public Refusal? Revive(FrameworkId id, IReadOnlyList<string> roles, TimeSpan now)
    {
        Advance(now);
        if (Find(id, roles, out IEnumerable<Subscription> subscriptions) is { } refusal)
            return refusal;
        foreach (Subscription subscription in subscriptions)
        {
            subscription.IsSuppressed = false;
            bool hadFilters = subscription.OldestFilter is not null;
            RemoveFilters(subscription);
            Review(subscription);
            if (hadFilters)
                Mark(subscription);
        }
        return null;
    }

    private FrameworkEntry FrameworkOf(FrameworkId id)
    {
        if (!_frameworks.TryGetValue(id, out FrameworkEntry? framework))
            _frameworks.Add(id, framework = new FrameworkEntry(id) { HoldLimit = _options.OffersHeldPerFramework });
        return framework;
    }

    private Refusal? Check(FrameworkProfile profile)
    {
        if (IdRules.Check("id", profile.Id.Value) is { } badId)
            return Invalid(badId);
        if (profile.Roles.Count == 0 || profile.Roles.Count > _options.RolesPerFramework)
            return Invalid("roles", $"must have 1 to {_options.RolesPerFramework} roles, has {profile.Roles.Count}");
        int added = 0;
        for (int i = 0; i < profile.Roles.Count; i++)
        {
            string role = profile.Roles[i];
            if (RoleName.Check($"roles[{i}]", role) is { } badRole)
                return Invalid(badRole);
            if (RoleName.Depth(role) > _options.RoleDepth)
                return Invalid($"roles[{i}]", $"must have at most {_options.RoleDepth} components");
            added += _roles.ContainsKey(role) ? 0 : RoleName.Depth(role);
        }
        if (_roles.Count + added > _options.Roles)
            return new Refusal(RefusalKind.LimitReached, "roles", $"there are {_roles.Count} of at most {_options.Roles} roles already");
        if (profile.Roles.Distinct(StringComparer.Ordinal).Count() != profile.Roles.Count)
            return Invalid("roles", "must not repeat");
        foreach (string role in (profile.SuppressedRoles ?? []).Concat(profile.Constraints?.Keys ?? []).Concat(profile.MinimumAllocatable?.Keys ?? []))
        {
            if (!profile.Roles.Contains(role))
                return Invalid("roles", $"'{role}' is suppressed, constrained or given a minimum but not among the roles");
        }
        return null;
    }

    private void Apply(FrameworkEntry framework, FrameworkProfile profile)
    {
        bool sameCapabilities = framework.Capabilities == profile.Capabilities;
        SetCapabilities(framework, profile.Capabilities);
        foreach (Subscription left in framework.Subscriptions.Values.Where(s => s.IsSubscribed && !profile.Roles.Contains(s.Role.Name)).ToArray())
        {
            left.IsSubscribed = false;
            RescindAll(left, RescindReason.FrameworkInactive);
            LeaveRole(left);
            if (left.Agents.Count == 0)
                DropSubscription(left);
        }
        foreach (string role in profile.Roles)
        {
            Subscription subscription = SubscriptionOf(framework, RoleOf(role));
            subscription.IsSubscribed = true;
            subscription.IsSuppressed = profile.SuppressedRoles?.Contains(role) ?? false;
            OfferConstraints? constraints = profile.Constraints?.GetValueOrDefault(role);
            bool isSame = sameCapabilities && ReferenceEquals(constraints, subscription.Constraints);
            subscription.Constraints = constraints;
            subscription.ConstraintVerdicts = [];
            if (constraints is null)
                _constrained.Remove(subscription);
            else
                _constrained.Add(subscription);
            SetMinimum(subscription, profile.MinimumAllocatable?.GetValueOrDefault(role));
            Review(subscription);
            if (!isSame)
                Mark(subscription);
        }
        ReviewShareCaps();
    }

    private void SetCapabilities(FrameworkEntry framework, FrameworkCapabilities capabilities)
    {
        int takers = _revocableTakers + (capabilities.HasFlag(FrameworkCapabilities.RevocableResources) ? 1 : 0)
            - (framework.Capabilities.HasFlag(FrameworkCapabilities.RevocableResources) ? 1 : 0);
        bool isFirstOrLast = takers > 0 != _revocableTakers > 0;
        framework.Capabilities = capabilities;
        _revocableTakers = takers;
        if (!isFirstOrLast)
            return;
        foreach (AgentEntry agent in _agents.Values)
        {
            if (agent.Available.HasRevocable)
                UpdateOpen(agent);
        }
    }

    private void SetMinimum(Subscription subscription, IReadOnlyList<Quantities>? minimum)
    {
        if (minimum is { Count: 0 })
            minimum = null;
        if (subscription.Minimum is null && minimum is null)
            return;
        bool hadAny = _ownMinimums > 0;
        _ownMinimums += (minimum is null ? 0 : 1) - (subscription.Minimum is null ? 0 : 1);
        subscription.Minimum = minimum;
        Mark(subscription);
        if (hadAny == _ownMinimums > 0)
            return;
        // The first framework that takes less than usual makes crumbs worth offering, and limits that leave crumbs worth walking.
        foreach (AgentEntry agent in _agents.Values)
            UpdateOpen(agent);
        foreach (RoleNode role in _quota.Roles)
        {
            Park(role);
            Place(role);
        }
    }

    /// <summary>Ends all that a subscription has open, but what it uses.</summary>
    private void LeaveRole(Subscription subscription)
    {
        Review(subscription);
        RemoveFilters(subscription);
        EndRequest(subscription);
        _constrained.Remove(subscription);
        subscription.Constraints = null;
        if (subscription.Minimum is not null)
            SetMinimum(subscription, null);
    }

    private Refusal? SetActive(FrameworkId id, bool isActive, TimeSpan now)
    {
        Advance(now);
        if (!_frameworks.TryGetValue(id, out FrameworkEntry? framework) || !framework.IsRegistered)
            return Unknown("id", id);
        if (framework.IsActive == isActive)
            return null;
        framework.IsActive = isActive;
        _activeFrameworks += isActive ? 1 : -1;
        if (isActive)
        {
            framework.HoldLimit = _options.OffersHeldPerFramework;
        }
        else
        {
            RescindAll(framework, RescindReason.FrameworkInactive);
            // Whoever comes back has forgotten what it refused, as in Mesos.
            foreach (Subscription subscription in framework.Subscriptions.Values)
                RemoveFilters(subscription);
        }
        ReviewAll(framework);
        ReviewShareCaps();
        return null;
    }

    private Refusal? Find(FrameworkId id, IReadOnlyList<string> roles, out IEnumerable<Subscription> subscriptions)
    {
        subscriptions = [];
        if (!_frameworks.TryGetValue(id, out FrameworkEntry? framework) || !framework.IsRegistered)
            return Unknown("id", id);
        foreach (string role in roles)
        {
            if (role is null || !framework.Subscriptions.TryGetValue(role, out Subscription? named) || !named.IsSubscribed)
                return new Refusal(RefusalKind.Unknown, "roles", $"the framework does not have role '{role}'");
        }
        subscriptions = roles.Count == 0
            ? framework.Subscriptions.Values.Where(subscription => subscription.IsSubscribed)
            : roles.Select(role => framework.Subscriptions[role]);
        return null;
    }
}
