using ActorScheduler.Agent;
using Akka.Actor;

namespace ActorScheduler.Node.Daemon;

/// <summary>Hears whether the agent of this node has started, and waits for it to end for good.</summary>
internal sealed class AgentEndActor : ReceiveActor
{
    public AgentEndActor(TaskCompletionSource<AgentEnded> ended, Action<string?> trouble)
    {
        Receive<AgentStarted>(started => trouble(started.Trouble));
        Receive<AgentEnded>(end =>
        {
            trouble(end.ToString());
            ended.TrySetResult(end);
        });
        Context.System.EventStream.Subscribe(Self, typeof(AgentStarted));
        Context.System.EventStream.Subscribe(Self, typeof(AgentEnded));
    }

    public static Props Props(TaskCompletionSource<AgentEnded> ended, Action<string?> trouble) => Akka.Actor.Props.Create(() => new AgentEndActor(ended, trouble));
}
