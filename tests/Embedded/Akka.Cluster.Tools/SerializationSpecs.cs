using Akka.Actor;
using Akka.Cluster.Specs;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.Client.Serialization;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Cluster.Tools.PublishSubscribe.Serialization;
using Akka.Cluster.Tools.Singleton;
using Akka.Cluster.Tools.Singleton.Serialization;
using Akka.Serialization;

namespace Akka.Cluster.Tools.Specs;

/// <summary>What the tools say to each other themselves goes over the wire in all other specs.</summary>
public sealed class SerializationSpecs : ClusterSpec
{
    public static TheoryData<object, int> Messages => new()
    {
        { new Publish("topic", "message", sendOneMessageToEachGroup: true), 9 },
        { new Publish("topic", 42L), 9 },
        { new Send("/user/a", "message", localAffinity: true), 9 },
        { new Send("/user/a", new Send("/user/b", "inner")), 9 },
        { new SendToAll("/user/a", "message", excludeSelf: true), 9 },
        { new ClusterClient.Send("/user/a", "message", localAffinity: true), 15 },
        { new ClusterClient.Send("/user/ü", new ClusterClient.Publish("t", new string('x', 100_000))), 15 },
        { new ClusterClient.SendToAll("/user/a", "message"), 15 },
        { new ClusterClient.Publish("topic", "message"), 15 },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_the_same_after_it_was_bytes(object message, int serializerId)
    {
        var system = WithTools();

        var serializer = (SerializerWithStringManifest)system.Serialization.FindSerializerFor(message);

        Assert.Equal(serializerId, serializer.Identifier);
        Assert.Equal(message, system.Serialization.Deserialize(serializer.ToBinary(message), serializerId, serializer.Manifest(message)));
    }

    [Fact]
    public void What_is_of_no_tool_is_refused_by_their_serializers()
    {
        var system = WithTools();
        SerializerWithStringManifest[] all =
            [new DistributedPubSubMessageSerializer(system), new ClusterClientMessageSerializer(system), new ClusterSingletonMessageSerializer(system)];

        foreach (var serializer in all)
        {
            Assert.Throws<ArgumentException>(() => serializer.ToBinary("no message of a tool"));
            Assert.Throws<ArgumentException>(() => serializer.Manifest("no message of a tool"));
            Assert.Throws<System.Runtime.Serialization.SerializationException>(() => serializer.FromBinary([], "?"));
        }
    }

    [Fact]
    public void Bytes_that_end_too_early_are_an_error_and_no_message()
    {
        var system = WithTools();
        var serializer = new ClusterClientMessageSerializer(system);
        var bytes = serializer.ToBinary(new ClusterClient.Publish("topic", "message"));

        for (var length = 0; length < bytes.Length; length++)
            Assert.ThrowsAny<Exception>(() => serializer.FromBinary(bytes[..length], "C"));
    }

    [Fact]
    public void A_binding_that_the_user_gave_stays()
    {
        var system = Start("""
            akka.actor.serialization-bindings."Akka.Cluster.Tools.PublishSubscribe.IDistributedPubSubMessage, Akka.Cluster.Tools" = json
            """).System;
        _ = DistributedPubSub.Get(system);

        Assert.Equal(1, system.Serialization.FindSerializerFor(new Publish("topic", "message")).Identifier);
        Assert.Equal(15, system.Serialization.FindSerializerFor(new ClusterClient.Publish("topic", "message")).Identifier);
    }

    private ExtendedActorSystem WithTools()
    {
        var system = Start().System;
        _ = ClusterSingletonManagerSettings.Create(system);
        return system;
    }
}
