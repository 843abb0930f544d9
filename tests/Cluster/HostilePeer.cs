using System.Collections;
using System.Reflection;
using System.Runtime.Serialization;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Specs.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Makes messages of every type of the protocol from a seed: well-formed ones, odd ones, and such that miss something.</summary>
internal sealed class HostilePeer
{
    private readonly Random _random;
    private readonly Samples _samples;
    private readonly Akka.Serialization.Serialization _wire;
    private readonly Dictionary<Type, object[]> _known;

    /// <param name="seed">The same messages come of the same seed.</param>
    /// <param name="system">Whose wire format is used.</param>
    /// <param name="sink">Stands for all actors in messages.</param>
    /// <param name="known">What there is: ids, sessions, the epoch; so that messages get as far as they can.</param>
    public HostilePeer(int seed, ActorSystem system, IActorRef sink, params IEnumerable<object> known)
    {
        _random = new Random(seed);
        _wire = ((ExtendedActorSystem)system).Serialization;
        _known = known.GroupBy(static value => value.GetType()).ToDictionary(static group => group.Key, static group => group.ToArray());
        _samples = new Samples(sink, _random, known: Known);
    }

    /// <summary>All types of the protocol.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. typeof(IProtocolMessage).Assembly.GetTypes()
        .Where(static type => type is { IsAbstract: false, IsInterface: false } && typeof(IProtocolMessage).IsAssignableFrom(type)).OrderBy(static type => type.FullName, StringComparer.Ordinal)];

    /// <summary>A message as it comes by the wire; null when it cannot be written or read, which ends nothing but itself.</summary>
    public IProtocolMessage? ByWire(Type type)
    {
        object message = _samples.Of(type);
        try
        {
            var serializer = (SerializerWithStringManifest)_wire.FindSerializerFor(message);
            return (IProtocolMessage)serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
        }
        catch (SerializationException)
        {
            return null;
        }
    }

    /// <summary>A message that misses something that must be there, as only somebody in the same process can send.</summary>
    public IProtocolMessage WithoutSomething(Type type)
    {
        object message = _samples.Of(type);
        Strip(message, depth: 0);
        return (IProtocolMessage)message;
    }

    private object? Known(Type type) => _known.TryGetValue(type, out object[]? values) && _random.Next(5) > 0 ? values[_random.Next(values.Length)] : null;

    private void Strip(object value, int depth)
    {
        PropertyInfo[] fields = [.. value.GetType().GetProperties().Where(static property => property is { CanWrite: true, PropertyType.IsValueType: false } && property.GetIndexParameters().Length == 0)];
        if (fields.Length == 0)
            return;
        PropertyInfo field = fields[_random.Next(fields.Length)];
        object? inner = field.GetValue(value);
        if (inner is IList { Count: > 0 } list && list is Array && _random.Next(2) == 0)
        {
            int at = _random.Next(list.Count);
            if (list[at] is { } item && !item.GetType().IsValueType && item is not string && depth < 4 && _random.Next(2) == 0)
                Strip(item, depth + 1);
            else if (list[at]?.GetType().IsValueType != true)
                list[at] = null;
        }
        else if (inner is not null and not string and not IActorRef and not IEnumerable && depth < 4 && _random.Next(3) > 0)
        {
            Strip(inner, depth + 1);
        }
        else
        {
            field.SetValue(value, null);
        }
    }
}
