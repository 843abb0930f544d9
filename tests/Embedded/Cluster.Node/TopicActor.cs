using Akka.Actor;
using Akka.Cluster.Tools.PublishSubscribe;

namespace Akka.Cluster.Node;

/// <summary>
/// <c>topic subscribe NAME</c> writes <c>subscribed NAME</c>, then <c>heard TEXT</c> for each text that <c>topic publish NAME TEXT</c>
/// sends, here or elsewhere.
/// </summary>
internal sealed class TopicActor : ReceiveActor
{
    public TopicActor()
    {
        Receive<Command>(command => Do(command.Words));
        Receive<SubscribeAck>(ack => Output.Write($"subscribed {ack.Subscribe.Topic}"));
        Receive<string>(text => Output.Write($"heard {text}"));
    }

    private void Do(string[] words)
    {
        var mediator = DistributedPubSub.Get(Context.System).Mediator;
        switch (words)
        {
            case ["subscribe", var name]:
                mediator.Tell(new Subscribe(name, Self));
                break;
            case ["publish", var name, var text]:
                mediator.Tell(new Publish(name, text));
                break;
            default:
                Output.Write($"unknown topic {string.Join(' ', words)}");
                break;
        }
    }
}
