using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What managers settle among each other.</summary>
internal sealed partial class SingletonManagerActor
{
    /// <summary>So many may wait to hear of the singleton; whoever is turned away asks again.</summary>
    private const int MostSeekers = 10_000;

    /// <summary>Members that were removed without having released the singleton: they may not know it yet.</summary>
    private readonly Dictionary<UniqueAddress, ICancelable> _lingering = [];

    /// <summary>Members that go and have released the singleton for good.</summary>
    private readonly HashSet<UniqueAddress> _released = [];

    /// <summary>Members that stay and have released the singleton to this node.</summary>
    private readonly HashSet<UniqueAddress> _yielded = [];

    /// <summary>Who asked this node for the singleton, and has no answer yet.</summary>
    private readonly Dictionary<UniqueAddress, IActorRef> _candidates = [];
    private readonly HashSet<IActorRef> _seekers = [];
    private ICancelable? _asking;
    private int _questions;
    private bool _hasToldAll;

    /// <summary>Who may still have the singleton.</summary>
    private IEnumerable<UniqueAddress> Rivals() => _members.RivalsOf(_self).Select(member => member.UniqueAddress)
        .Where(node => !_released.Contains(node) && !_yielded.Contains(node)).Concat(_lingering.Keys);

    private void Ask()
    {
        if (_asking is not null) return;
        _log.Info("Singleton manager [{0}] comes first now and waits for [{1}]", Self.Path, string.Join(", ", Rivals().Select(node => node.Address)));
        _questions = 0;
        _asking = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            _settings.HandOverRetryInterval, _settings.HandOverRetryInterval, Self, AskDue.Instance, Self);
        AskRivals();
    }

    private void StopAsking()
    {
        _asking?.Cancel();
        _asking = null;
    }

    private void AskRivals()
    {
        if (_asking is null) return;
        foreach (var node in Rivals().Where(node => !_lingering.ContainsKey(node))) ManagerAt(node.Address).Tell(new HandOverToMe(_self), Self);
        if (++_questions % _settings.MinNumberOfHandOverRetries == 0)
            _log.Warning(
                "Becoming singleton oldest at [{0}] is stuck: no answer from [{1}] after {2} attempts; it goes on until they answer or are removed",
                Self.Path, string.Join(", ", Rivals().Select(node => node.Address)), _questions);
    }

    private void Asked(HandOverToMe ask)
    {
        // Whoever asks twice is told twice: the first answer may have been lost.
        _candidates[ask.Candidate] = Sender;
        if (Holds && IsEntitled(ask.Candidate)) Sender.Tell(new HandOverInProgress(_self));
        Decide();
        if (!Holds) Release();
    }

    /// <summary>Answers all to whom this node may leave the singleton; the others wait until it knows of a reason.</summary>
    private void Release()
    {
        foreach (var (candidate, manager) in _candidates.Where(asked => IsEntitled(asked.Key)).ToArray())
        {
            _candidates.Remove(candidate);
            manager.Tell(new HandOverDone(_self, _isOut));
        }

        if (!_isOut) return;
        if (!_hasToldAll)
        {
            // Unasked, so that whoever comes next need not wait until it knows that it may ask.
            _hasToldAll = true;
            foreach (var member in _members.Entitled.Where(member => member.UniqueAddress != _self))
                ManagerAt(member.Address).Tell(new HandOverDone(_self, IsFinal: true), Self);
        }

        _out.TrySetResult();
    }

    private bool IsEntitled(UniqueAddress candidate) => _isOut || _members.HasPrecedence(candidate, _self);

    private void Released(HandOverDone done)
    {
        if (_lingering.Remove(done.From, out var margin)) margin.Cancel();
        else if (_members.Find(done.From) is not null) (done.IsFinal ? _released : _yielded).Add(done.From);
        Decide();
    }

    private void Forget(MemberRemoved removed)
    {
        var node = removed.Member.UniqueAddress;
        _candidates.Remove(node);
        if (!_members.Take(removed.Member)) return;
        _yielded.Remove(node);
        var mayLinger = !_released.Remove(node) && _removalMargin > TimeSpan.Zero && !Holds && _members.IsRival(removed.Member, _self);
        if (mayLinger)
            _lingering[node] = Context.System.Scheduler.ScheduleTellOnceCancelable(_removalMargin, Self, new MarginOver(node), Self);
        Decide();
    }

    private void Seek(FindSingleton find, IActorRef seeker)
    {
        if (find.Name != _settings.SingletonName) return;
        if (Holds && !_isHandingOver) seeker.Tell(new SingletonFound(_singleton!));
        else if (!_isOut && _seekers.Count < MostSeekers) _seekers.Add(seeker);
    }

    private void TellSeekers()
    {
        foreach (var seeker in _seekers) seeker.Tell(new SingletonFound(_singleton!));
        _seekers.Clear();
    }

    private ActorSelection ManagerAt(Address address) => Context.ActorSelection(new RootActorPath(address) / Self.Path.Elements);

    private sealed class AskDue : INoSerializationVerificationNeeded
    {
        internal static readonly AskDue Instance = new();
    }

    private sealed record MarginOver(UniqueAddress Node) : INoSerializationVerificationNeeded;
}
