using ActorScheduler.Allocation.Book;
using ActorScheduler.Allocation.Sharing;
using ActorScheduler.Model;

namespace ActorScheduler.Allocation;

/// <content>Refusals: what a framework does not want to see again for a while.</content>
public sealed partial class Allocator
{
    private PriorityQueue<RefuseFilter, long> _filterExpiry = new();
    private int _filters;

    private void AddFilter(Subscription subscription, AgentEntry agent, Resources refused, TimeSpan refuseFor)
    {
        if (refused.IsEmpty || !subscription.IsSubscribed)
            return;
        TimeSpan span = refuseFor < _options.MinimumRefusal ? _options.MinimumRefusal : refuseFor;
        if (span <= TimeSpan.Zero)
            return;
        var filter = new RefuseFilter(subscription, agent, refused, After(span < RefuseFilters.Max ? span : RefuseFilters.Max));
        RefuseFilter? others = agent.Filters?.GetValueOrDefault(subscription);
        // A wider and longer refusal makes narrower ones of the same pair pointless.
        for (RefuseFilter? other = others; other is not null; other = other.NextOfPair)
        {
            if (other.Until <= filter.Until && refused.Contains(other.Refused))
                Unlink(other);
        }
        agent.Filters ??= [];
        filter.NextOfPair = agent.Filters.GetValueOrDefault(subscription);
        agent.Filters[subscription] = filter;
        filter.Older = subscription.NewestFilter;
        if (subscription.NewestFilter is { } newest)
            newest.Newer = filter;
        else
            subscription.OldestFilter = filter;
        subscription.NewestFilter = filter;
        _filters++;
        _filterExpiry.Enqueue(filter, filter.Until);
        if (++subscription.Framework.FilterCount > _options.FiltersPerFramework)
            Forget(OldestButOne(filter));
        CompactFilterExpiry();
    }

    /// <summary>
    /// Whether a refusal covers these resources: the same or fewer than what was refused. In slices, whose ports are any that are
    /// free, their number counts and not which they are; else a refused slice would come back with other ports.
    /// </summary>
    private static bool IsRefused(Subscription subscription, AgentEntry agent, Resources resources, bool isSlice = false)
    {
        if (agent.Filters is null || !agent.Filters.TryGetValue(subscription, out RefuseFilter? filter))
            return false;
        for (; filter is not null; filter = filter.NextOfPair)
        {
            bool isCovered = isSlice
                ? filter.Refused.PlainPorts.Count >= resources.PlainPorts.Count && filter.Refused.Contains(resources.WithoutPlainPorts())
                : filter.Refused.Contains(resources);
            if (isCovered)
                return true;
        }
        return false;
    }

    /// <summary>The oldest refusal of the role, or of another role of the framework when there is no other here: not the one just made.</summary>
    private static RefuseFilter OldestButOne(RefuseFilter made)
    {
        if (!ReferenceEquals(made.Subscription.OldestFilter, made))
            return made.Subscription.OldestFilter!;
        foreach (Subscription other in made.Subscription.Framework.Subscriptions.Values)
        {
            if (other.OldestFilter is { } oldest && !ReferenceEquals(oldest, made))
                return oldest;
        }
        return made;
    }

    private void ExpireFilters()
    {
        CompactFilterExpiry();
        while (_filterExpiry.TryPeek(out RefuseFilter? filter, out long until) && (until <= _now || filter.IsRemoved))
        {
            _filterExpiry.Dequeue();
            if (!filter.IsRemoved)
                Forget(filter);
        }
    }

    private long NextFilterExpiry() => _filterExpiry.TryPeek(out _, out long until) ? until : long.MaxValue;

    /// <summary>Ends a refusal; the agent is looked at again.</summary>
    private void Forget(RefuseFilter filter)
    {
        Unlink(filter);
        if (filter.Agent.OpenIndex >= 0)
            Mark(filter.Agent);
    }

    /// <summary>Ends all refusals of a framework in a role without a look at the agents: the caller marks the framework instead.</summary>
    private void RemoveFilters(Subscription subscription)
    {
        while (subscription.OldestFilter is { } filter)
            Unlink(filter);
    }

    private void RemoveFilters(AgentEntry agent)
    {
        if (agent.Filters is null)
            return;
        foreach (RefuseFilter first in agent.Filters.Values.ToArray())
        {
            for (RefuseFilter? filter = first; filter is not null;)
            {
                RefuseFilter? next = filter.NextOfPair;
                Unlink(filter);
                filter = next;
            }
        }
    }

    private void Unlink(RefuseFilter filter)
    {
        filter.IsRemoved = true;
        _filters--;
        filter.Subscription.Framework.FilterCount--;
        if (filter.Older is { } older)
            older.Newer = filter.Newer;
        else
            filter.Subscription.OldestFilter = filter.Newer;
        if (filter.Newer is { } newer)
            newer.Older = filter.Older;
        else
            filter.Subscription.NewestFilter = filter.Older;
        Dictionary<Subscription, RefuseFilter> ofAgent = filter.Agent.Filters!;
        RefuseFilter first = ofAgent[filter.Subscription];
        if (!ReferenceEquals(first, filter))
        {
            while (!ReferenceEquals(first.NextOfPair, filter))
                first = first.NextOfPair!;
            first.NextOfPair = filter.NextOfPair;
        }
        else if (filter.NextOfPair is { } next)
        {
            ofAgent[filter.Subscription] = next;
        }
        else
        {
            ofAgent.Remove(filter.Subscription);
            if (ofAgent.Count == 0)
                filter.Agent.Filters = null;
        }
    }

    /// <summary>Drops ended refusals that only wait for their time in the queue.</summary>
    private void CompactFilterExpiry()
    {
        if (_filterExpiry.Count <= 1024 || _filterExpiry.Count <= 2 * _filters)
            return;
        var live = new PriorityQueue<RefuseFilter, long>(_filters);
        foreach ((RefuseFilter filter, long until) in _filterExpiry.UnorderedItems)
        {
            if (!filter.IsRemoved)
                live.Enqueue(filter, until);
        }
        _filterExpiry = live;
    }
}
