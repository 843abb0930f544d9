using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

public sealed class SerializationSpecs : ShardingSpec
{
    public static TheoryData<object> Messages { get; } =
    [
        new ShardingEnvelope("a", "hello"),
        new ShardingEnvelope("a", new ShardingEnvelope("b", new Add("c", 7))),
        new ShardRegion.StartEntity("ä"),
        GetShardRegionStats.Instance,
        GetShardRegionState.Instance,
        GetCurrentRegions.Instance,
        new GetClusterShardingStats(TimeSpan.FromSeconds(3)),
        new ShardRegionStats(ImmutableDictionary<string, int>.Empty.Add("1", 2).Add("2", 0), ImmutableHashSet.Create("3")),
        new CurrentShardRegionState(
            ImmutableHashSet.Create(new ShardState("1", ImmutableHashSet.Create("a", "b")), new ShardState("2", ImmutableHashSet<string>.Empty)),
            ImmutableHashSet.Create("3")),
        new ShardState("1", ImmutableHashSet.Create("a")),
        new CurrentRegions(ImmutableHashSet.Create(Address.Parse("akka.tcp://sys@host:1234"))),
        new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty.Add(
            Address.Parse("akka.tcp://sys@host:1234"), new ShardRegionStats(ImmutableDictionary<string, int>.Empty.Add("1", 2)))),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Messages_come_back_as_they_were(object message)
    {
        var system = Start().System;
        ClusterSharding.Get(system);

        var serializer = system.Serialization.FindSerializerFor(message);
        var copy = system.Serialization.Deserialize(serializer.ToBinary(message), serializer.Identifier, Akka.Serialization.Serialization.ManifestFor(serializer, message));

        Assert.Equal(13, serializer.Identifier);
        Assert.Equal(message, copy);
    }
}
