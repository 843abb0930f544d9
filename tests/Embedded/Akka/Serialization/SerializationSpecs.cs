using System.Collections.Immutable;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Specs.Serialization;

public class SerializationSpecs() : Akka.TestKit.Xunit2.TestKit("""
    akka.actor {
      serializers { animals = "Akka.Specs.Serialization.SerializationSpecs+AnimalSerializer, Akka.Specs"
                    cats = "Akka.Specs.Serialization.SerializationSpecs+CatSerializer, Akka.Specs"
                    gone = "No.Such.Serializer, Nowhere" }
      serialization-bindings { "Akka.Specs.Serialization.SerializationSpecs+IAnimal, Akka.Specs" = animals
                               "Akka.Specs.Serialization.SerializationSpecs+Cat, Akka.Specs" = cats
                               "No.Such.Message, Nowhere" = animals }
      serialization-identifiers { "Akka.Specs.Serialization.SerializationSpecs+AnimalSerializer, Akka.Specs" = 1001 }
      serialization-settings.cats.purrs = 3
    }
    """)
{
    public interface IAnimal;

    public record Dog : IAnimal;

    public record Cat : IAnimal;

    public sealed record Lion : Cat;

    public enum Colour : byte
    {
        Red,
        Green,
    }

    public sealed record Order(int Count, string Name, IActorRef Owner, IReadOnlyList<int> Sizes, ImmutableDictionary<string, decimal> Prices, Colour Colour);

    public sealed record Box(object? Content);

    public sealed class Mutable
    {
        private Mutable()
        {
        }

        public Mutable(int value)
        {
            Value = value;
        }

        public int Value { get; private set; }
    }

    private Akka.Serialization.Serialization Serialization => Sys.Serialization;

    public static TheoryData<object> ExactValues =>
    [
        1, 1L, 1.5f, 1.5m, 1.0, double.PositiveInfinity, (byte)1, (sbyte)-1, (short)1, (ushort)1, 1u, 1ul, 'c', true, "text", "2020-01-01T00:00:00Z",
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), TimeSpan.FromMilliseconds(1.5),
        new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc), new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)), Colour.Green,
    ];

    [Theory]
    [MemberData(nameof(ExactValues))]
    public void Plain_values_keep_their_exact_types_by_themselves_and_in_members_of_type_object(object value)
    {
        Assert.Equal(value, RoundTrip(value));
        Assert.Equal(value.GetType(), RoundTrip(value)!.GetType());
        Assert.Equal(new Box(value), RoundTrip(new Box(value)));
        Assert.Equal(value, Assert.IsType<object[]>(RoundTrip(new object[] { value }))[0]);
    }

    [Fact]
    public void Messages_with_collections_and_references_come_back_equal()
    {
        var order = new Order(
            3, "x", TestActor, [1, 2], ImmutableDictionary<string, decimal>.Empty.Add("a", 1.10m), Colour.Green);

        var back = Assert.IsType<Order>(RoundTrip(order));

        Assert.Equal(order.Count, back.Count);
        Assert.Equal(TestActor, back.Owner);
        Assert.Equal(order.Sizes, back.Sizes);
        Assert.Equal(1.10m, back.Prices["a"]);
        Assert.Equal(Colour.Green, back.Colour);
    }

    [Fact]
    public void References_travel_anywhere_in_a_message()
    {
        Assert.Equal(TestActor, RoundTrip(TestActor));
        Assert.Equal(new Box(TestActor), RoundTrip(new Box(TestActor)));
        Assert.Equal(TestActor, Assert.IsType<List<object>>(RoundTrip(new List<object> { 1, TestActor }))[1]);
        Assert.Equal(TestActor, Assert.IsType<Dictionary<string, IActorRef>>(RoundTrip(new Dictionary<string, IActorRef> { ["a"] = TestActor }))["a"]);
    }

    [Fact]
    public void Private_setters_tuples_nulls_and_bytes_come_back()
    {
        Assert.Equal(7, Assert.IsType<Mutable>(RoundTrip(new Mutable(7))).Value);
        Assert.Equal((1, "b"), RoundTrip((1, "b")));
        Assert.Equal(Tuple.Create(1, 2L), RoundTrip(Tuple.Create(1, 2L)));
        Assert.Null(RoundTrip(null));
        Assert.Equal([1, 2, 3], Assert.IsType<byte[]>(RoundTrip(new byte[] { 1, 2, 3 })));
        Assert.Equal([1, 2, 3], Assert.IsType<byte[]>(Assert.IsType<Box>(RoundTrip(new Box(new byte[] { 1, 2, 3 }))).Content));
        Assert.Equal(new Box(null), RoundTrip(new Box(null)));
    }

    [Fact]
    public void The_most_specific_binding_is_used()
    {
        Assert.IsType<AnimalSerializer>(Serialization.FindSerializerFor(new Dog()));
        Assert.IsType<CatSerializer>(Serialization.FindSerializerFor(new Cat()));
        Assert.IsType<CatSerializer>(Serialization.FindSerializerFor(new Lion()));
        Assert.IsType<NewtonSoftJsonSerializer>(Serialization.FindSerializerFor("text"));
        Assert.IsType<ByteArraySerializer>(Serialization.FindSerializerFor(Array.Empty<byte>()));
        Assert.IsType<NullSerializer>(Serialization.FindSerializerFor(null));
        Assert.IsType<ByteArraySerializer>(Serialization.FindSerializerFor("text", "bytes"));
    }

    [Fact]
    public void Serializers_have_the_configured_numbers_and_settings()
    {
        Assert.Equal(1, Serialization.FindSerializerFor("text").Identifier);
        Assert.Equal(4, Serialization.FindSerializerFor(Array.Empty<byte>()).Identifier);
        Assert.Equal(1001, Serialization.FindSerializerFor(new Dog()).Identifier);
        Assert.Equal(3, Assert.IsType<CatSerializer>(Serialization.FindSerializerFor(new Cat())).Purrs);
    }

    [Fact]
    public void String_manifests_go_with_the_bytes()
    {
        var serializer = Serialization.FindSerializerFor(new Dog());

        Assert.Equal("D", Akka.Serialization.Serialization.ManifestFor(serializer, new Dog()));
        Assert.Equal(new Dog(), Serialization.Deserialize([], 1001, "D"));
    }

    [Fact]
    public void An_unknown_number_is_an_error_that_says_where_to_look()
    {
        var error = Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 4711, "m"));

        Assert.Contains("4711", error.Message, StringComparison.Ordinal);
        Assert.Contains("akka.actor.serializers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.IO.FileInfo, System.Private.CoreLib")]
    [InlineData("System.Diagnostics.Process, System.Diagnostics.Process")]
    [InlineData("System.Action, System.Private.CoreLib")]
    [InlineData("System.Type, System.Private.CoreLib")]
    [InlineData("System.Collections.Generic.List`1[[System.IO.FileInfo, System.Private.CoreLib]], System.Private.CoreLib")]
    [InlineData("System.IO.FileInfo[], System.Private.CoreLib")]
    [InlineData("System.Windows.Data.ObjectDataProvider, PresentationFramework")]
    [InlineData("Newtonsoft.Json.Linq.JObject, Newtonsoft.Json")]
    [InlineData("not a [[type")]
    public void Received_data_cannot_name_types_that_are_no_messages(string type)
    {
        var json = System.Text.Encoding.UTF8.GetBytes($$"""{"$type":"{{type}}","FileName":"/tmp/x"}""");

        var inside = Assert.Throws<SerializationException>(() => Serialization.Deserialize(json, 1, ""));
        var manifest = Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 4, type));

        Assert.Contains("akka.actor.serialization-bindings", inside.Message, StringComparison.Ordinal);
        Assert.Contains(type.Split(',')[0], manifest.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_and_delegates_are_not_serialized()
    {
        Assert.ThrowsAny<Exception>(() => Serialization.Serialize(new Box(typeof(string))));
        Assert.ThrowsAny<Exception>(() => Serialization.Serialize(new Box((Action)(() => { }))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"$\":\"Ix\"}")]
    [InlineData("{\"$\":\"?1\"}")]
    [InlineData("{\"$\":\"ESystem.IO.FileInfo, System.Private.CoreLib:1\"}")]
    public void Damaged_data_is_an_error_or_nothing(string json)
    {
        try
        {
            Assert.Null(Serialization.Deserialize(System.Text.Encoding.UTF8.GetBytes(json), 1, ""));
        }
        catch (SerializationException)
        {
            // The expected error.
        }
    }

    [Fact]
    public void Paths_carry_the_address_of_the_transport()
    {
        var address = new Address("akka.tcp", Sys.Name, "peer", 2552);
        var path = Akka.Serialization.Serialization.WithTransport(Sys, address, () => Akka.Serialization.Serialization.SerializedActorPath(TestActor));

        Assert.StartsWith($"akka.tcp://{Sys.Name}@peer:2552/", path, StringComparison.Ordinal);
        Assert.StartsWith($"akka://{Sys.Name}/", Akka.Serialization.Serialization.SerializedActorPath(TestActor), StringComparison.Ordinal);
        Assert.Equal(TestActor, Serialization.DeserializeActorRef(Akka.Serialization.Serialization.SerializedActorPath(TestActor)));
        Assert.Throws<InvalidOperationException>(Akka.Serialization.Serialization.GetCurrentTransportInformation);
    }

    private object? RoundTrip(object? value)
    {
        var serializer = Serialization.FindSerializerFor(value);
        return Serialization.Deserialize(
            Serialization.Serialize(value!), serializer.Identifier, value is null ? "" : Akka.Serialization.Serialization.ManifestFor(serializer, value));
    }

    public sealed class AnimalSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, string manifest) => manifest == "D" ? new Dog() : throw new SerializationException(manifest);

        public override string Manifest(object o) => "D";
    }

    public sealed class CatSerializer(ExtendedActorSystem system, Akka.Configuration.Config config) : Serializer(system)
    {
        public int Purrs { get; } = config.GetInt("purrs");

        public override int Identifier => 1002;

        public override bool IncludeManifest => true;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => new Cat();
    }
}
