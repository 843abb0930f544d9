using System.Threading.Channels;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Cli.Operators;

/// <summary>Takes what the session of a command in a task says, and passes it on to whoever reads the channel.</summary>
internal sealed class ExecutionNewsActor : ReceiveActor
{
    public ExecutionNewsActor(ChannelWriter<IProtocolMessage> news)
    {
        Receive<ExecutionOutput>(output => news.TryWrite(output));
        Receive<InputTaken>(taken => news.TryWrite(taken));
        Receive<ExecutionEnded>(ended => news.TryWrite(ended));
        Receive<ExecutionStarted>(started => Context.Watch(started.Session));
        // After its end the session goes too; nobody reads any more then.
        Receive<Terminated>(_ => news.TryWrite(new ExecutionEnded(null, "its agent is gone")));
    }

    public static Props Props(ChannelWriter<IProtocolMessage> news) => Akka.Actor.Props.Create(() => new ExecutionNewsActor(news));
}
