using Akka.Actor;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Node;

/// <summary>
/// Writes each event of the membership as <c>event NAME HOST:PORT</c>, and on command the state as
/// <c>state leader=HOST:PORT members=HOST:PORT=STATUS,... unreachable=HOST:PORT,...</c>.
/// </summary>
internal sealed class MembershipActor : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);

    public MembershipActor()
    {
        Receive<Command>(command => Do(command.Words));
        Receive<LeaderChanged>(change => Output.Write($"event LeaderChanged {Short(change.Leader)}"));
        Receive<ReachabilityEvent>(change => Output.Write($"event {change.GetType().Name} {Short(change.Member.Address)}"));
        Receive<MemberStatusChange>(change => Output.Write($"event {change.GetType().Name} {Short(change.Member.Address)}"));
        Receive<ClusterShuttingDown>(static _ => Output.Write($"event ClusterShuttingDown -"));
        _cluster.RegisterOnMemberRemoved(static () => Output.Write($"removed"));
    }

    protected override void PreStart() => _cluster.Subscribe(
        Self, SubscriptionInitialStateMode.InitialStateAsEvents, typeof(IMemberEvent), typeof(IReachabilityEvent), typeof(LeaderChanged), typeof(ClusterShuttingDown));

    private void Do(string[] words)
    {
        switch (words)
        {
            case ["state"]:
                var state = _cluster.State;
                Output.Write($"state leader={Short(state.Leader)} members={string.Join(',', state.Members.Select(m => $"{Short(m.Address)}={m.Status}"))} unreachable={string.Join(',', state.Unreachable.Select(m => Short(m.Address)))}");
                break;
            case ["leave"]:
                _cluster.Leave(_cluster.SelfAddress);
                break;
            case ["down", var address]:
                _cluster.Down(Address.Parse(address));
                break;
            case ["join", var address]:
                _cluster.Join(Address.Parse(address));
                break;
            default:
                Output.Write($"unknown cluster {string.Join(' ', words)}");
                break;
        }
    }

    private static string Short(Address? address) => address is null ? "-" : $"{address.Host}:{address.Port}";
}
