using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Coordination;

/// <summary>Hand-offs: shards that move since their region leaves, or since another one has fewer.</summary>
internal sealed partial class CoordinatorActor
{
    private readonly Dictionary<string, HandOffInProgress> _handOffs = [];
    private readonly HashSet<string> _stopped = [];
    // Larger than those of any coordinator before this one, as long as clocks are right to the second.
    private long _handOffNumber = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16;

    private void HandOffs()
    {
        Command<GracefulShutdownReq>(request =>
        {
            if (!_state.HasRegion(request.Region)) return;
            if (_leaving.Add(request.Region)) _log.Debug("{0}: Region [{1}] hands its shards over", _typeName, request.Region);
            foreach (var shard in _state.ShardsOf(request.Region).ToArray()) StartHandOff(shard);
        });
        Command<BeginHandOffAck>(ack =>
        {
            if (_handOffs.TryGetValue(ack.Shard, out var handOff) && handOff.Number == ack.Number) handOff.Acknowledged(Sender, Self);
        });
        Command<ShardStopped>(OnShardStopped);
        Command<RebalanceDue>(_ =>
        {
            if (_state.Regions.Count == 0) return;
            _strategy.Rebalance(Allocations(withLeaving: false), _handOffs.Keys.ToImmutableHashSet())
                .PipeTo(Self, success: shards => new ToMove(shards), failure: cause => new RebalanceFailed(cause));
        });
        Command<ToMove>(move =>
        {
            foreach (var shard in move.Shards) StartHandOff(shard);
        });
        Command<RebalanceFailed>(failed => _log.Warning(failed.Cause, "{0}: The allocation strategy failed to rebalance", _typeName));
        Command<RetryDue>(_ =>
        {
            foreach (var handOff in _handOffs.Values.ToArray()) Retry(handOff);
            TellUnconfirmedAgain();
            AllocateAll();
        });
    }

    private long NextNumber() => ++_handOffNumber;

    private void StartHandOff(string shard)
    {
        if (_handOffs.ContainsKey(shard) || SettledHomeOf(shard) is not { } region) return;
        _log.Debug("{0}: Shard [{1}] leaves [{2}]", _typeName, shard, region);
        var handOff = new HandOffInProgress(shard, NextNumber(), region, _state.Regions.Concat(_state.Proxies).Where(r => !_lost.Contains(r)));
        _handOffs[shard] = handOff;
        handOff.Ask(Self);
    }

    /// <summary>
    /// A shard that has not been told to stop can stay where it is when somebody does not answer. One that has can be
    /// nowhere else before it has stopped, however long that takes.
    /// </summary>
    private void Retry(HandOffInProgress handOff)
    {
        if (!handOff.IsStopping && handOff.Age > Tuning.HandOffTimeout)
        {
            _log.Warning("{0}: Shard [{1}] stays at [{2}], since not all regions acknowledged its hand-off", _typeName, handOff.Shard, handOff.From);
            _handOffs.Remove(handOff.Shard);
            Answer(handOff.Shard, handOff.From);
            return;
        }

        handOff.Ask(Self);
    }

    private void OnShardStopped(ShardStopped stopped)
    {
        if (!_handOffs.TryGetValue(stopped.Shard, out var handOff) || handOff.Number != stopped.Number || !handOff.From.Equals(Sender)) return;
        if (!_stopped.Add(stopped.Shard)) return;
        Write(new ShardHomeDeallocated(stopped.Shard), () =>
        {
            _stopped.Remove(stopped.Shard);
            _handOffs.Remove(stopped.Shard);
            _unconfirmed.Remove(stopped.Shard);
            if (_waiting.ContainsKey(stopped.Shard) || _settings.RememberEntities) Allocate(stopped.Shard, Self);
        });
    }

    private sealed record ToMove(IImmutableSet<string> Shards);

    private sealed record RebalanceFailed(Exception Cause);
}
