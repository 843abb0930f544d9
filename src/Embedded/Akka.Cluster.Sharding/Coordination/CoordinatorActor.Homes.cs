using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>Homes: who asks for one waits until the shard has one.</summary>
internal sealed partial class CoordinatorActor
{
    private readonly Dictionary<string, HashSet<IActorRef>> _waiting = [];
    private readonly HashSet<string> _allocating = [];
    private readonly Dictionary<string, IActorRef> _chosen = [];
    private readonly Dictionary<string, (IActorRef Region, long At)> _unconfirmed = [];
    private bool _hadEnoughRegions;

    /// <summary>Whether allocations may begin. Once they did, the loss of regions does not end them, nor does a new coordinator.</summary>
    private bool HasEnoughRegions
    {
        get
        {
            if (_hadEnoughRegions) return true;
            var least = _settings.Role is null
                ? _cluster.Settings.MinNrOfMembers
                : _cluster.Settings.MinNrOfMembersOfRole.GetValueOrDefault(_settings.Role, 1);
            return _hadEnoughRegions = _state.Regions.Count(region => !_lost.Contains(region)) >= least;
        }
    }

    private void Homes()
    {
        Command<GetShardHome>(get =>
        {
            if (SettledHomeOf(get.Shard) is { } home)
            {
                Sender.Tell(new ShardHome(get.Shard, home));
                return;
            }

            if (!_waiting.TryGetValue(get.Shard, out var asking)) _waiting[get.Shard] = asking = [];
            asking.Add(Sender);
            Allocate(get.Shard, Sender);
        });
        Command<Chosen>(chosen => Allocated(chosen.Shard, chosen.Region));
        Command<NotChosen>(failed =>
        {
            _allocating.Remove(failed.Shard);
            _log.Warning(failed.Cause, "{0}: Shard [{1}] could not be allocated, it is tried again", _typeName, failed.Shard);
        });
        Command<ShardStarted>(started =>
        {
            if (_unconfirmed.TryGetValue(started.Shard, out var told) && told.Region.Equals(Sender)) _unconfirmed.Remove(started.Shard);
        });
    }

    /// <summary>The home of a shard that is not on its way, and whose region is not lost.</summary>
    private IActorRef? SettledHomeOf(string shard) =>
        _state.HomeOf(shard) is { } home && !_lost.Contains(home) && !_handOffs.ContainsKey(shard) ? home : null;

    private void AllocateAll()
    {
        foreach (var shard in _settings.RememberEntities ? _waiting.Keys.Union(_state.Unallocated).ToArray() : [.. _waiting.Keys]) Allocate(shard, Self);
    }

    private void Allocate(string shard, IActorRef requester)
    {
        if (SettledHomeOf(shard) is { } settled)
        {
            Answer(shard, settled);
            return;
        }

        if (_state.HomeOf(shard) is not null || _allocating.Contains(shard) || !HasEnoughRegions) return;
        var regions = Allocations(withLeaving: false);
        if (regions.IsEmpty) return;
        _allocating.Add(shard);
        var choice = _strategy.AllocateShard(requester, shard, regions);
        if (choice.IsCompletedSuccessfully) Allocated(shard, choice.Result);
        else choice.PipeTo(Self, success: region => new Chosen(shard, region), failure: cause => new NotChosen(shard, cause));
    }

    private void Allocated(string shard, IActorRef region)
    {
        if (!_state.HasRegion(region) || _lost.Contains(region))
        {
            // Its loss allocates all that waits, and otherwise it is tried again.
            _allocating.Remove(shard);
            return;
        }

        _chosen[shard] = region;
        Write(new ShardHomeAllocated(shard, region), () =>
        {
            _allocating.Remove(shard);
            _chosen.Remove(shard);
            if (!region.Equals(_state.HomeOf(shard)) || _lost.Contains(region))
            {
                Allocate(shard, Self);
                return;
            }

            _log.Debug("{0}: Shard [{1}] is at [{2}]", _typeName, shard, region);
            _unconfirmed[shard] = (region, TimeProvider.System.GetTimestamp());
            region.Tell(new HostShard(shard));
            Answer(shard, region);
            if (_leaving.Contains(region)) StartHandOff(shard);
        });
    }

    private void Answer(string shard, IActorRef home)
    {
        if (!_waiting.Remove(shard, out var asking)) return;
        foreach (var region in asking) region.Tell(new ShardHome(shard, home));
    }

    /// <summary>
    /// A region that registers says what it has. That is in the state already, unless the journal was lost; then it is
    /// better to believe the region than to start its shards a second time.
    /// </summary>
    private void TakeOver(IActorRef region, ImmutableArray<string> shards)
    {
        foreach (var shard in shards)
        {
            if (_state.HomeOf(shard) is { } home && !home.Equals(region))
            {
                _log.Error("{0}: Shard [{1}] is at [{2}], but also at [{3}], which is told to stop it", _typeName, shard, home, region);
                region.Tell(new HandOff(shard, NextNumber()));
            }
            else if (_state.HomeOf(shard) is null && _allocating.Add(shard))
            {
                Allocated(shard, region);
            }
        }
    }

    /// <summary>The regions that count, with their shards and those that they are about to get.</summary>
    private ImmutableDictionary<IActorRef, IImmutableList<string>> Allocations(bool withLeaving)
    {
        var all = ImmutableDictionary.CreateBuilder<IActorRef, IImmutableList<string>>();
        foreach (var region in _state.Regions)
        {
            if (_lost.Contains(region) || (!withLeaving && _leaving.Contains(region))) continue;
            all[region] = _state.ShardsOf(region).Concat(_chosen.Where(chosen => chosen.Value.Equals(region)).Select(chosen => chosen.Key)).ToImmutableList();
        }

        return all.ToImmutable();
    }

    private void TellUnconfirmedAgain()
    {
        foreach (var (shard, (region, at)) in _unconfirmed.ToArray())
        {
            if (!region.Equals(_state.HomeOf(shard)))
            {
                _unconfirmed.Remove(shard);
            }
            else if (TimeProvider.System.GetElapsedTime(at) >= Tuning.ShardStartTimeout)
            {
                _unconfirmed[shard] = (region, TimeProvider.System.GetTimestamp());
                region.Tell(new HostShard(shard));
            }
        }
    }

    private sealed record Chosen(string Shard, IActorRef Region);

    private sealed record NotChosen(string Shard, Exception Cause);
}
