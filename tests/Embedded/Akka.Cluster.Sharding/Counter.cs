using Akka.Actor;

namespace Akka.Cluster.Sharding.Specs;

// Messages of the specs' entity; their fields are what the JSON of the wire needs.
public sealed record Add(string Id, int Number);

public sealed record Get(string Id);

public sealed record WhereAreYou(string Id);

public sealed record Leave(string Id);

public sealed record StopYourself(string Id);

public sealed record Fail(string Id);

public sealed record Sum(int Total, int[] Numbers);

public sealed record Here(string Path, string Node);

/// <summary>Ids before a dash are shards: "3-a" is in shard 3.</summary>
public sealed class Extractor : IMessageExtractor
{
    public static readonly Extractor Instance = new();

    public string? EntityId(object message) => message switch
    {
        Add add => add.Id,
        Get get => get.Id,
        WhereAreYou where => where.Id,
        Leave leave => leave.Id,
        StopYourself stop => stop.Id,
        Fail fail => fail.Id,
        _ => null,
    };

    public object? EntityMessage(object message) => message;

    public string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id) : null;

    public string? ShardId(string entityId, object? messageHint = null) => entityId.Split('-')[0];
}

/// <summary>Adds numbers.</summary>
public sealed class Counter : ReceiveActor
{
    private readonly List<int> _numbers = [];

    public Counter()
    {
        Receive<Add>(add =>
        {
            _numbers.Add(add.Number);
            Sender.Tell(_numbers.Count);
        });
        Receive<Get>(_ => Sender.Tell(new Sum(_numbers.Sum(), [.. _numbers])));
        Receive<WhereAreYou>(_ => Sender.Tell(new Here(Self.Path.ToStringWithoutAddress(), Cluster.Get(Context.System).SelfAddress.ToString())));
        Receive<Leave>(_ => Context.Parent.Tell(new Passivate(PoisonPill.Instance)));
        Receive<StopYourself>(_ => Context.Stop(Self));
        Receive<Fail>(_ => throw new InvalidOperationException("The spec wants it"));
    }

    public static Props Props(string id) => Actor.Props.Create(() => new Counter());
}
