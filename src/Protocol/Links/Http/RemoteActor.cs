using Akka.Actor;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>Stands for an actor behind a link by HTTP, and ends with it or with the link.</summary>
internal sealed class RemoteActor : ReceiveActor
{
    public RemoteActor(int number) => Receive<IProtocolMessage>(message => Context.Parent.Tell(new Said(number, message), Sender));

    public static Props Props(int number) => Akka.Actor.Props.Create(() => new RemoteActor(number));

    /// <summary>Somebody says something to it.</summary>
    internal sealed record Said(int Remote, IProtocolMessage Message);
}
