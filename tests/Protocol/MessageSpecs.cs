using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using Akka.Serialization;
using Akka.TestKit.Xunit2;

namespace ActorScheduler.Protocol.Specs;

public sealed class MessageSpecs() : TestKit(ProtocolConfig.Default)
{
    public static TheoryData<string> Messages => [.. typeof(IProtocolMessage).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false, IsInterface: false } && typeof(IProtocolMessage).IsAssignableFrom(type)).Select(type => type.Name)];

    private Akka.Serialization.Serialization Serialization => ((ExtendedActorSystem)Sys).Serialization;

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_field_of_a_message_comes_back(string name)
    {
        Type type = typeof(IProtocolMessage).Assembly.GetTypes().Single(candidate => candidate.Name == name);
        foreach (object message in new[] { new Samples(TestActor).Of(type), new Samples(TestActor, low: true).Of(type) })
        {
            var serializer = Assert.IsType<ProtocolSerializer>(Serialization.FindSerializerFor(message));

            ExpectSame(message, serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message)), name);
        }
    }

    [Theory]
    [InlineData(typeof(Operation.Launch))]
    [InlineData(typeof(Operation.LaunchGroup))]
    [InlineData(typeof(Operation.Unreserve))]
    [InlineData(typeof(Operation.Create))]
    [InlineData(typeof(Operation.Destroy))]
    [InlineData(typeof(Operation.GrowVolume))]
    [InlineData(typeof(Operation.ShrinkVolume))]
    public void Every_kind_of_operation_comes_back(Type kind)
    {
        var operation = (Operation)new Samples(TestActor).Of(kind);
        var message = new UseOffers(new FrameworkId("f"), 1, 1, [new OfferId("o")], [operation], TimeSpan.Zero);

        ExpectSame(message, Roundtrip(message), kind.Name);
    }

    [Theory]
    [InlineData(typeof(OfferOperation.LaunchGroup))]
    [InlineData(typeof(OfferOperation.Convert))]
    public void Every_kind_of_offer_operation_comes_back(Type kind)
    {
        var operation = (OfferOperation)new Samples(TestActor).Of(kind);
        var message = new AcceptOffers(new FrameworkId("f"), Guid.NewGuid(), Guid.NewGuid(), [new OfferId("o")], [operation]);

        ExpectSame(message, Roundtrip(message), kind.Name);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_arrives_and_can_be_refused(double weight)
    {
        var message = new SetWeight(Guid.NewGuid(), "eng", weight);

        ExpectSame(message, Roundtrip(message), "message");
    }

    [Fact]
    public void A_task_that_says_little_gets_the_defaults_back()
    {
        var task = new TaskInfo { Id = new TaskId("t"), Resources = Resources.Of(cpus: 1), Command = new CommandInfo("true") };
        var message = new TasksHeld(new FrameworkId("f"), new AgentId("a"), TestActor, 1, [new TaskOnAgent(task, "*", new TaskStatus(task.Id, TaskState.Starting, TaskSource.Master))]);

        ExpectSame(message, Roundtrip(message), "message");
    }

    [Fact]
    public void A_field_that_a_newer_version_added_is_ignored()
    {
        var serializer = (ProtocolSerializer)Serialization.FindSerializerFor(new GetRoles());

        var read = serializer.FromBinary(Encoding.UTF8.GetBytes("""{"FrameworkId":"f","Colour":{"deep":[1,2]},"RequestId":"6f9619ff-8b86-d011-b42d-00cf4fc964ff"}"""), nameof(TearDownFramework));

        Assert.Equal(new FrameworkId("f"), Assert.IsType<TearDownFramework>(read).FrameworkId);
    }

    [Theory]
    [InlineData("NoSuchMessage", "{}")]
    [InlineData(nameof(TearDownFramework), "{\"FrameworkId\":")]
    [InlineData(nameof(TearDownFramework), "null")]
    [InlineData(nameof(UseOffers), """{"Operations":[{"$":"explode"}]}""")]
    public void What_cannot_be_read_is_an_error_that_names_the_message(string manifest, string json)
    {
        var serializer = (ProtocolSerializer)Serialization.FindSerializerFor(new GetRoles());

        var error = Assert.Throws<SerializationException>(() => serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));

        Assert.Contains(manifest, error.Message, StringComparison.Ordinal);
    }

    private object Roundtrip(object message)
    {
        var serializer = (SerializerWithStringManifest)Serialization.FindSerializerFor(message);
        return serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
    }

    /// <summary>Compares by content: records compare their lists by reference.</summary>
    private static void ExpectSame(object? expected, object? actual, string where)
    {
        switch (expected)
        {
            case null or string or IActorRef or Resources or Quantities or Labels or ValueType and not ReadOnlyMemory<byte> when expected is not ReadOnlyMemory<byte>:
                Assert.True(Equals(expected, actual), $"{where}: {expected} became {actual}");
                break;
            case ReadOnlyMemory<byte> bytes:
                Assert.Equal(bytes.ToArray(), ((ReadOnlyMemory<byte>)actual!).ToArray());
                break;
            case OfferConstraints constraints:
                ExpectSame(constraints.Groups, ((OfferConstraints)actual!).Groups, where);
                break;
            case IDictionary map:
                foreach (object key in map.Keys)
                    ExpectSame(map[key], ((IDictionary)actual!)[key], $"{where}[{key}]");
                break;
            case IEnumerable many:
                object?[] left = [.. many.Cast<object?>()], right = [.. ((IEnumerable)actual!).Cast<object?>()];
                Assert.True(left.Length == right.Length, $"{where}: {left.Length} items became {right.Length}");
                for (int i = 0; i < left.Length; i++)
                    ExpectSame(left[i], right[i], $"{where}[{i}]");
                break;
            default:
                Assert.Equal(expected.GetType(), actual?.GetType());
                foreach (PropertyInfo property in expected.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
                    ExpectSame(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
                break;
        }
    }
}
