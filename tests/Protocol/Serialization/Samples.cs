using System.Collections;
using System.Reflection;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol.Specs.Serialization;

/// <summary>
/// Makes values of any type that stands in messages. Without a source of chance every field is set, always to the same; low ones are
/// zero and false, which differ from some defaults. Values that are known, such as ids of what there is, go before made-up ones.
/// </summary>
internal sealed class Samples(IActorRef actor, Random? random = null, bool low = false, Func<Type, object?>? known = null)
{
    private static readonly string[] Texts = ["", "a", "web.1", "ü 漢 \U0001F600", "line\nline", "\0", new('x', 127), new('y', 128), new('z', 20_000)];
    private static readonly long[] Numbers = [0, 1, -1, 63, 64, 127, 128, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private static readonly double[] Doubles = [0, 1.5, -1, double.NaN, double.PositiveInfinity, double.Epsilon];

    private readonly NullabilityInfoContext _nullability = new();
    private int _count;

    public object Of(Type type)
    {
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        _count++;
        if (known?.Invoke(wanted) is { } there)
            return there;
        return wanted switch
        {
            _ when wanted == typeof(string) => Pick(Texts) ?? $"text-{_count}",
            _ when wanted == typeof(bool) => random is null ? !low : random.Next(2) == 0,
            _ when wanted == typeof(int) => random is null ? (low ? 0 : _count) : (int)Numbers[random.Next(Numbers.Length - 2)],
            _ when wanted == typeof(long) => random is null ? (low ? 0L : _count) : Numbers[random.Next(Numbers.Length)],
            _ when wanted == typeof(double) => random is null ? _count + 0.5 : Doubles[random.Next(Doubles.Length)],
            _ when wanted == typeof(Guid) => new Guid(_count, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            _ when wanted == typeof(TimeSpan) => random is null ? TimeSpan.FromSeconds(low ? 0 : _count) : new TimeSpan(Numbers[random.Next(Numbers.Length)]),
            _ when wanted == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + _count).ToOffset(TimeSpan.FromHours(random?.Next(-14, 15) ?? 0)),
            _ when wanted == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(random is null ? [1, 2, (byte)_count] : new byte[random.Next(200)]),
            _ when wanted == typeof(IActorRef) => actor,
            _ when wanted == typeof(Resources) => Some(),
            _ when wanted == typeof(Resource) => Reserved().Objects().First(resource => !resource.Key.IsUnreserved),
            _ when wanted == typeof(Quantities) => Quantities.OfMilli(_count, 2, 0, 4, [new(ResourceName.Of("licences"), 5)]),
            _ when wanted == typeof(Labels) => random?.Next(2) == 0 ? Labels.Empty : new Labels(new Label("rack", "r1"), new Label("spare"), new Label("empty", "")),
            _ when wanted == typeof(AgentAttribute) => Attribute(),
            _ when wanted == typeof(OfferConstraints) => OfferConstraints.Create([[AttributeConstraint.Create("zone", AttributePredicate.TextMatches, "z[12]").Value]]).Value,
            { IsEnum: true } => Enum.GetValues(wanted).GetValue(random?.Next(Enum.GetValues(wanted).Length) ?? (low ? 0 : Enum.GetValues(wanted).Length - 1))!,
            { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(wanted) => Many(wanted),
            { IsAbstract: true } => Of(Kind(wanted)),
            _ => Made(wanted),
        };
    }

    private string? Pick(string[] texts) => random is null ? null : texts[random.Next(random.Next(texts.Length) + 1)];

    private AgentAttribute Attribute() => random?.Next(3) switch
    {
        1 => AgentAttribute.OfScalar("level", Numbers[random.Next(Numbers.Length)]),
        2 => AgentAttribute.OfRanges("level", ValueRanges.Of(new ValueRange(1, 2), new ValueRange(7, ulong.MaxValue))),
        _ => AgentAttribute.OfText("level", "7"),
    };

    private Resources Some() => random?.Next(4) switch
    {
        1 => Resources.Empty,
        2 => Resources.OfMilli(1, 128_000, 0, 0, ValueRanges.Of([.. Enumerable.Range(0, random.Next(40)).Select(static i => new ValueRange((ulong)i * 3, (ulong)i * 3))])),
        3 => Resources.From(
            Resource.PersistentVolume(64, "db", [Reservation.Dynamic("eng")], isShared: true), Resource.Scalar("licences", 3),
            new Resource(new ResourceKey(ResourceName.Of("colours"), ValueKind.Set), new Amount(0, null, ValueSet.Of("red", "blue"))),
            new Resource(new ResourceKey(ResourceName.Ports, ValueKind.Ranges, [Reservation.Static("eng")]), new Amount(0, ValueRanges.Of(80, 90))),
            new Resource(
                new ResourceKey(ResourceName.Disk, disk: new DiskInfo(new DiskSource(DiskSourceKind.Mount, "/mnt", Metadata: Labels.Empty)), isRevocable: true, providerId: "p", size: 5000),
                new Amount(1))),
        _ => Reserved(),
    };

    private static Resources Reserved() => Resources.Of(cpus: 1.5, mem: 64, ports: ValueRanges.Of(31000, 31002))
        .Add(Resources.Of(cpus: 2).PushReservation(Reservation.Dynamic("eng", "alice", new Label("app", "db"))));

    private Type Kind(Type type)
    {
        Type[] kinds = [.. type.Assembly.GetTypes().Where(kind => kind.BaseType == type).OrderBy(static kind => kind.Name, StringComparer.Ordinal)];
        return kinds[random?.Next(kinds.Length) ?? 0];
    }

    private object Many(Type type)
    {
        Type[] arguments = type.GetGenericArguments();
        int count = random?.Next(4) ?? 2;
        if (arguments.Length == 1)
        {
            var items = Array.CreateInstance(arguments[0], count);
            for (int i = 0; i < count; i++)
                items.SetValue(Of(arguments[0]), i);
            return items;
        }
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (int i = 0; i < Math.Min(count, 1); i++)
            map[Of(arguments[0])] = Of(arguments[1]);
        return map;
    }

    private object Made(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(static candidate => candidate.GetParameters().Length).First();
        ParameterInfo[] parameters = constructor.GetParameters();
        object value = constructor.Invoke([.. parameters.Select(parameter => IsLeftOut(_nullability.Create(parameter)) ? null : Of(parameter.ParameterType))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && parameters.All(parameter => parameter.Name != property.Name)))
            property.SetValue(value, IsLeftOut(_nullability.Create(property)) ? null : Of(property.PropertyType));
        return value;
    }

    private bool IsLeftOut(NullabilityInfo info) => random?.Next(3) == 0 && info.WriteState == NullabilityState.Nullable;
}
