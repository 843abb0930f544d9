using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorScheduler.Master.Membership;

/// <summary>
/// Shortens the way of the failure detector for processes that died while their host lives: when a connection to a member ends or cannot be
/// made, the member's port is asked, and when it refuses twice the member is downed. Silence proves nothing and is left to the failure
/// detector and the split brain resolver; so is everything that <see cref="Refusal"/> does not take for a proof.
/// </summary>
internal sealed class DeadPeersActor : ReceiveActor, IWithTimers
{
    /// <summary>Longest that a host may take to refuse.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(500);

    private readonly AkkaCluster _cluster = AkkaCluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Address, Suspect> _suspects = [];
    private readonly Func<Address, CancellationToken, Task<bool>> _refuses;

    public DeadPeersActor(TimeSpan pause, Func<Address, CancellationToken, Task<bool>> refuses)
    {
        _refuses = refuses;
        Receive<DisassociatedEvent>(ended => Lost(ended.RemoteAddress));
        Receive<AssociationErrorEvent>(failed => Lost(failed.RemoteAddress));
        Receive<AskDue>(due => Ask(due.Member));
        Receive<Asked>(asked =>
        {
            if (!_suspects.TryGetValue(asked.Member, out Suspect? suspect))
                return;
            if (!asked.IsRefused)
            {
                _suspects.Remove(asked.Member);
                return;
            }
            suspect.Refusals++;
            Judge(asked.Member, suspect, pause);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="pause">Between two questions to a port.</param>
    public static Props Props(TimeSpan pause) => Akka.Actor.Props.Create(() => new DeadPeersActor(pause, Refuses));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private static async Task<bool> Refuses(Address member, CancellationToken limit)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(member.Host!.Trim('[', ']'), member.Port!.Value, limit);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Lost(Address address)
    {
        if (address == _cluster.SelfAddress || _suspects.ContainsKey(address) || Member(address) is not { } member)
            return;
        _suspects[address] = new Suspect(member.UniqueAddress);
        Ask(address);
    }

    private void Ask(Address member) => Answer(member).PipeTo(Self, failure: _ => new Asked(member, IsRefused: false));

    private async Task<Asked> Answer(Address member)
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        return new Asked(member, await _refuses(member, limit.Token));
    }

    private void Judge(Address address, Suspect suspect, TimeSpan pause)
    {
        // A new incarnation under the same address is somebody else.
        if (Member(address)?.UniqueAddress != suspect.Incarnation)
        {
            _suspects.Remove(address);
            return;
        }
        if (suspect.Refusals < Refusal.Proof)
        {
            Timers.StartSingleTimer(address, new AskDue(address), pause);
            return;
        }
        _suspects.Remove(address);
        if (!Refusal.IsDeath(address, suspect.Refusals, Members(), Silent()))
            return;
        _log.Warning("Member {Member} is dead: its host refuses connections to its port", address);
        RefusableFailureDetector.GiveUp(_cluster.FailureDetector, address);
        _cluster.Down(address);
    }

    private Member? Member(Address address) => _cluster.State.Members.FirstOrDefault(member => member.Address == address && Counts(member));

    private HashSet<Address> Members() => [.. _cluster.State.Members.Where(Counts).Select(static member => member.Address)];

    /// <summary>Who leaves closes its port in good order.</summary>
    private static bool Counts(Member member) => member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up;

    private HashSet<Address> Silent() => [.. _cluster.State.Unreachable.Select(static member => member.Address), .. _suspects.Keys];

    /// <summary>A member that is being asked.</summary>
    private sealed class Suspect(UniqueAddress incarnation)
    {
        public UniqueAddress Incarnation => incarnation;

        public int Refusals { get; set; }
    }

    private sealed record AskDue(Address Member);

    private sealed record Asked(Address Member, bool IsRefused);
}
