using System.Collections;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol.Specs;

/// <summary>Makes one value of any type that stands in messages, with every field set; low ones are zero and false, which differ from some defaults.</summary>
internal sealed class Samples(IActorRef actor, bool low = false)
{
    private int _count;

    public object Of(Type type)
    {
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        _count++;
        return wanted switch
        {
            _ when wanted == typeof(string) => $"text-{_count}",
            _ when wanted == typeof(bool) => !low,
            _ when wanted == typeof(int) => low ? 0 : _count,
            _ when wanted == typeof(long) => low ? 0L : _count,
            _ when wanted == typeof(double) => _count + 0.5,
            _ when wanted == typeof(Guid) => Guid.NewGuid(),
            _ when wanted == typeof(TimeSpan) => TimeSpan.FromSeconds(low ? 0 : _count),
            _ when wanted == typeof(DateTimeOffset) => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + _count),
            _ when wanted == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([1, 2, (byte)_count]),
            _ when wanted == typeof(IActorRef) => actor,
            _ when wanted == typeof(Resources) => Reserved(),
            _ when wanted == typeof(Resource) => Reserved().Objects().First(resource => !resource.Key.IsUnreserved),
            _ when wanted == typeof(Quantities) => Quantities.OfMilli(_count, 2, 0, 4, [new(ResourceName.Of("licences"), 5)]),
            _ when wanted == typeof(Labels) => new Labels(new Label("rack", "r1"), new Label("spare")),
            _ when wanted == typeof(AgentAttribute) => AgentAttribute.OfText("level", _count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            _ when wanted == typeof(OfferConstraints) => OfferConstraints.Create([[AttributeConstraint.Create("zone", AttributePredicate.TextMatches, "z[12]").Value]]).Value,
            _ when wanted == typeof(HealthProbe) => new HealthProbe.Http(_count),
            _ when wanted == typeof(Operation) => new Operation.Reserve(Reserved()),
            _ when wanted == typeof(OfferOperation) => new OfferOperation.Launch([(TaskInfo)Of(typeof(TaskInfo))]),
            _ when wanted == typeof(AgentDecision) => new AgentDecision.Drain(_count, TimeSpan.FromSeconds(3)),
            { IsEnum: true } => Enum.GetValues(wanted).GetValue(low ? 0 : Enum.GetValues(wanted).Length - 1)!,
            { IsGenericType: true } when typeof(IEnumerable).IsAssignableFrom(wanted) => Many(wanted),
            _ => Made(wanted),
        };
    }

    private static Resources Reserved() => Resources.Of(cpus: 1.5, mem: 64, ports: ValueRanges.Of(31000, 31002))
        .Add(Resources.Of(cpus: 2).PushReservation(Reservation.Dynamic("eng", "alice", new Label("app", "db"))));

    private object Many(Type type)
    {
        Type[] arguments = type.GetGenericArguments();
        if (arguments.Length == 1)
        {
            var items = Array.CreateInstance(arguments[0], 2);
            items.SetValue(Of(arguments[0]), 0);
            items.SetValue(Of(arguments[0]), 1);
            return items;
        }
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        map.Add(Of(arguments[0]), Of(arguments[1]));
        return map;
    }

    private object Made(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        object value = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        if (constructor.GetParameters().Length == 0)
        {
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
                property.SetValue(value, Of(property.PropertyType));
        }
        return value;
    }
}
