using Akka.Actor;

namespace Akka.Specs.Actors;

public sealed class SerializeMessagesSpecs() : TestKit.Xunit2.TestKit("akka.actor { serialize-messages = on, serialize-creators = on, telemetry.enabled = on }")
{
    public sealed record Order(int Number, string Text);

    public sealed record Local(int Number) : INoSerializationVerificationNeeded;

    [Fact]
    public void Messages_go_through_their_serializer_but_for_those_that_need_not()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Keeps(TestActor)));
        var (order, local) = (new Order(1, "one"), new Local(2));

        actor.Tell(order);
        actor.Tell(local);

        Assert.NotSame(order, ExpectMsg(order));
        Assert.Same(local, ExpectMsg(local));
    }

    [Fact]
    public void Lives_of_actors_are_told_when_telemetry_is_on()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(IActorTelemetryEvent));

        var actor = Sys.ActorOf(Props.Create(() => new Keeps(TestActor)), "told");
        FishForMessage<ActorStarted>(started => started.Subject.Equals(actor));
        Sys.Stop(actor);

        Assert.Equal(typeof(Keeps), FishForMessage<ActorStopped>(stopped => stopped.Subject.Equals(actor)).ActorType);
    }

    private sealed class Keeps : ReceiveActor
    {
        public Keeps(IActorRef probe) => ReceiveAny(message => probe.Tell(message));
    }
}
