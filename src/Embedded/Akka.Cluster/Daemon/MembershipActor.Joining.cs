using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <summary>How this node gets into a cluster.</summary>
internal sealed partial class MembershipActor
{
    /// <summary>Questions and requests are repeated this often; the time-outs of the settings say when to give up.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private ImmutableList<Address> _seeds = [];
    private ImmutableHashSet<Address> _declined = [];
    private ICancelable? _joinTimer;
    private Address? _joiningTo;
    private long _askingSince;
    private long _joiningSince;
    private int _attempt;

    private bool IsFirstSeed => !_seeds.IsEmpty && _seeds[0].Equals(_self.Address);

    private void Outside()
    {
        Receive<JoinTo>(join => JoinTo(join.Address));
        Receive<JoinSeedNodes>(join => AskSeeds(join.SeedNodes));
        Receive<InitJoin>(_ => Sender.Tell(new InitJoinNack(_self.Address)));
        Receive<InitJoinAck>(Accepted);
        Receive<InitJoinNack>(Declined);
        Receive<Welcome>(Welcomed);
        Receive<JoinDue>(Again);
        Receive<Leave>(static _ => { });
        Receive<Down>(static _ => { });
        Receive<Join>(static _ => { });
        Receive<NodeReachability>(static _ => { });
        Receive<ExitingCompleted>(_ => Sender.Tell(Done.Instance));
        Receive<GossipEnvelope>(static _ => { });
        Receive<GossipStatus>(static _ => { });
        Receive<ExitingConfirmed>(static _ => { });
    }

    private void AskSeeds(ImmutableList<Address> seeds)
    {
        _seeds = seeds;
        _declined = [];
        _joiningTo = null;
        _askingSince = TimeProvider.System.GetTimestamp();
        if (seeds.Count == 1 && IsFirstSeed)
        {
            JoinTo(_self.Address);
            return;
        }

        Ask();
    }

    private void Ask()
    {
        foreach (var seed in _seeds.Where(seed => !seed.Equals(_self.Address))) Core(seed).Tell(new InitJoin(_cluster.Compatibility));
        Schedule();
    }

    private void Schedule()
    {
        _joinTimer?.Cancel();
        var pause = _settings.SeedNodeTimeout < AskAgain ? _settings.SeedNodeTimeout : AskAgain;
        _joinTimer = Context.System.Scheduler.ScheduleTellOnceCancelable(pause, Self, new JoinDue(++_attempt), Self);
    }

    private void Accepted(InitJoinAck ack)
    {
        if (_joiningTo is not null || _seeds.IsEmpty) return;
        if (ack.IsCompatible)
        {
            JoinTo(ack.Address);
            return;
        }

        _log.Error(
            "Cluster Node [{0}] - Couldn't join seed nodes because of incompatible cluster configuration: the cluster has [{1}], this node has [{2}]",
            _self.Address, ack.Compatibility, _cluster.Compatibility);
        _cluster.JoinFailed();
    }

    private void Declined(InitJoinNack nack)
    {
        _declined = _declined.Add(nack.Address);
        // None of the others is in a cluster, so the first seed makes one.
        if (IsFirstSeed && _joiningTo is null && _seeds.Skip(1).All(_declined.Contains)) JoinTo(_self.Address);
    }

    private void JoinTo(Address address)
    {
        if (address.System != _self.Address.System || address.Protocol != _self.Address.Protocol)
        {
            _log.Warning("Trying to join [{0}], which is of another system or protocol than [{1}]", address, _self.Address);
            return;
        }

        _joiningTo = address;
        _joiningSince = TimeProvider.System.GetTimestamp();
        if (address.Equals(_self.Address))
        {
            BecomeMember();
            _gossip = _gossip.With(Akka.Cluster.Member.Joining(_self, _settings.Roles, _settings.AppVersion));
            Info("Node [{0}] is JOINING itself (with roles [{1}]) and forming a new cluster", _self.Address, string.Join(",", _settings.Roles));
            Update(_gossip);
            ActAsLeader(mayWeaken: false);
            return;
        }

        SendJoin();
    }

    private void SendJoin()
    {
        Core(_joiningTo!).Tell(new Join(_self, _settings.Roles, _settings.AppVersion));
        Schedule();
    }

    private void Welcomed(Welcome welcome)
    {
        if (_joiningTo is null || !welcome.Gossip.Has(_self)) return;
        Info("Welcome from [{0}]", welcome.From.Address);
        BecomeMember();
        Publish(welcome.Gossip.SeenBy(_self));
        SendGossip(welcome.From);
    }

    /// <summary>Nobody answered, or the one who was asked to take this node in has not.</summary>
    private void Again(JoinDue due)
    {
        if (due.Attempt != _attempt) return;
        if (_settings.ShutdownAfterUnsuccessfulJoinSeedNodes is { } limit && TimeProvider.System.GetElapsedTime(_askingSince) > limit && !_seeds.IsEmpty)
        {
            _log.Warning("Joining of seed-nodes [{0}] was unsuccessful after configured shutdown-after-unsuccessful-join-seed-nodes [{1}]. Running CoordinatedShutdown.", string.Join(", ", _seeds), limit);
            _cluster.JoinFailed();
        }
        else if (_joiningTo is not null)
        {
            var isOver = _settings.RetryUnsuccessfulJoinAfter is { } again && TimeProvider.System.GetElapsedTime(_joiningSince) > again;
            if (isOver && !_seeds.IsEmpty)
            {
                // Perhaps that one is gone: begin with all seeds again.
                _joiningTo = null;
                _declined = [];
                Ask();
            }
            else
            {
                SendJoin();
            }
        }
        else if (IsFirstSeed && TimeProvider.System.GetElapsedTime(_askingSince) >= _settings.SeedNodeTimeout)
        {
            JoinTo(_self.Address);
        }
        else
        {
            if (TimeProvider.System.GetElapsedTime(_askingSince) >= _settings.SeedNodeTimeout)
                _log.Warning("Couldn't join seed nodes after [{0}] attempts, will try again. seed-nodes=[{1}]", due.Attempt, string.Join(", ", _seeds));
            Ask();
        }
    }
}
