using ActorScheduler.Agent;
using Akka.Actor;

namespace ActorScheduler.Node.Daemon;

/// <summary>Waits for the agent of this node to be refused for good.</summary>
internal sealed class AgentEndActor : ReceiveActor
{
    public AgentEndActor(TaskCompletionSource<AgentEnded> ended)
    {
        Receive<AgentEnded>(end => ended.TrySetResult(end));
        Context.System.EventStream.Subscribe(Self, typeof(AgentEnded));
    }

    public static Props Props(TaskCompletionSource<AgentEnded> ended) => Akka.Actor.Props.Create(() => new AgentEndActor(ended));
}
