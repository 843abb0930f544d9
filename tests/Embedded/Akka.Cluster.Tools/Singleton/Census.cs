using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Cluster.Tools.Specs.Singleton;

/// <summary>Counts the singletons that live at the same time, on all nodes of a spec.</summary>
internal sealed class Census
{
    private readonly Lock _lock = new();
    private int _alive;

    internal int MostAtOnce { get; private set; }

    internal int Started { get; private set; }

    internal int ToldToEnd { get; private set; }

    internal int Alive
    {
        get
        {
            lock (_lock) return _alive;
        }
    }

    internal IActorRef Manage(Cluster node, string? role = null, object? terminationMessage = null)
    {
        var settings = ClusterSingletonManagerSettings.Create(node.System).WithSingletonName("only");
        if (role is not null) settings = settings.WithRole(role);
        return node.System.ActorOf(ClusterSingletonManager.Props(Counted.Props(this), terminationMessage ?? PoisonPill.Instance, settings), "manager");
    }

    internal static IActorRef Proxy(Cluster node, Func<ClusterSingletonProxySettings, ClusterSingletonProxySettings>? change = null)
    {
        var settings = ClusterSingletonProxySettings.Create(node.System).WithSingletonName("only");
        return node.System.ActorOf(ClusterSingletonProxy.Props("/user/manager", change?.Invoke(settings) ?? settings));
    }

    private void Begin()
    {
        lock (_lock)
        {
            Started++;
            MostAtOnce = Math.Max(MostAtOnce, ++_alive);
        }
    }

    private void End()
    {
        lock (_lock) _alive--;
    }

    /// <summary>Says where it is; keeps what it got and gives it back in order; ends when it is told to.</summary>
    private sealed class Counted : ReceiveActor
    {
        private readonly Census _census;

        public Counted(Census census)
        {
            _census = census;
            var got = new List<string>();
            Receive<string>(message =>
            {
                switch (message)
                {
                    case "where":
                        Sender.Tell(Cluster.Get(Context.System).SelfAddress);
                        break;
                    case "what":
                        Sender.Tell(string.Join(",", got));
                        break;
                    case "end":
                        _census.ToldToEnd++;
                        Context.Stop(Self);
                        break;
                    default:
                        got.Add(message);
                        break;
                }
            });
        }

        internal static Props Props(Census census) => Actor.Props.Create(() => new Counted(census));

        protected override void PreStart() => _census.Begin();

        protected override void PostStop() => _census.End();
    }
}
