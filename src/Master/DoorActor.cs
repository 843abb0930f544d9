using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Master;

/// <summary>
/// Passes on what comes through the receptionist from hosts and schedulers outside, and tells the agents among them when a
/// new allocator has begun, since announcements reach members only.
/// </summary>
internal sealed class DoorActor : ReceiveActor, IWithTimers
{
    /// <summary>An agent that said nothing through this door for so long uses another one.</summary>
    private static readonly TimeSpan AgentForgotten = TimeSpan.FromMinutes(1);

    private readonly Dictionary<IActorRef, long> _agents = [];

    public DoorActor(IActorRef allocator, IActorRef frameworks, TimeProvider time)
    {
        Receive<IAllocatorMessage>(message =>
        {
            if (message is AgentHeartbeat heartbeat)
                _agents[heartbeat.Agent] = time.GetTimestamp();
            allocator.Forward(message);
        });
        Receive<IFrameworkMessage>(frameworks.Forward);
        Receive<AllocatorStarted>(started =>
        {
            foreach (IActorRef agent in _agents.Keys)
                agent.Tell(started);
        });
        Receive<ForgetDue>(_ =>
        {
            foreach (IActorRef agent in _agents.Where(agent => time.GetElapsedTime(agent.Value) > AgentForgotten).Select(static agent => agent.Key).ToArray())
                _agents.Remove(agent);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef allocator, IActorRef frameworks, TimeProvider time) =>
        Akka.Actor.Props.Create(() => new DoorActor(allocator, frameworks, time));

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AllocatorStarted));
        Timers.StartPeriodicTimer(nameof(ForgetDue), ForgetDue.Instance, AgentForgotten, AgentForgotten);
    }

    private sealed record ForgetDue
    {
        public static readonly ForgetDue Instance = new();
    }
}
