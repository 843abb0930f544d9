using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote.Specs;

/// <summary>Two systems on loopback: the test kit's own, and <see cref="Other"/>.</summary>
public abstract class RemoteSpec : TestKit.Xunit2.TestKit
{
    protected const string Base = """
        akka.actor.provider = remote
        akka.loglevel = INFO
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        akka.remote.retry-gate-closed-for = 200 ms
        akka.remote.watch-failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 500 ms, unreachable-nodes-reaper-interval = 100 ms, expected-response-after = 500 ms }
        """;

    private readonly List<ActorSystem> _systems = [];

    protected RemoteSpec(string config = "", string? both = null)
        : base(ConfigurationFactory.ParseString(config).WithFallback(both ?? "").WithFallback(Base), "here")
    {
        Other = Start("other", both ?? "");
    }

    protected ActorSystem Other { get; private set; }

    protected static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    protected ActorSystem Start(string name, string config = "")
    {
        var system = ActorSystem.Create(name, ConfigurationFactory.ParseString(config).WithFallback(Base).WithFallback(DefaultConfig));
        _systems.Add(system);
        return system;
    }

    /// <summary>The reference by which this system knows an actor of another one.</summary>
    protected async Task<IActorRef> Remotely(ActorSystem system, IActorRef actor)
    {
        var path = actor.Path.ToStringWithAddress(AddressOf(system));
        return await Sys.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(5));
    }

    protected Task<IActorRef> RemoteEcho(string? name = null) =>
        Remotely(Other, Other.ActorOf(Props.Create(() => new Echo()), name));

    protected override void AfterAll()
    {
        base.AfterAll();
        foreach (var system in _systems) Shutdown(system);
    }

    protected sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
