using System.Collections;
using System.Reflection;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol.Specs.Serialization;

/// <summary>What values that were read have to be.</summary>
internal static class Same
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Compares by content: records compare their lists by reference.</summary>
    public static void Expect(object? expected, object? actual, string where)
    {
        switch (expected)
        {
            case ReadOnlyMemory<byte> bytes:
                Assert.Equal(bytes.ToArray(), ((ReadOnlyMemory<byte>)actual!).ToArray());
                break;
            case null or string or IActorRef or Resources or ValueRanges or Quantities or Labels or ValueType:
                Assert.True(Equals(expected, actual), $"{where}: {expected} became {actual}");
                break;
            case OfferConstraints constraints:
                Expect(constraints.Groups, ((OfferConstraints)actual!).Groups, where);
                break;
            case IDictionary map:
                Assert.Equal(map.Count, ((IDictionary)actual!).Count);
                foreach (object key in map.Keys)
                    Expect(map[key], ((IDictionary)actual)[key], $"{where}[{key}]");
                break;
            case IEnumerable many:
                object?[] left = [.. many.Cast<object?>()], right = [.. ((IEnumerable)actual!).Cast<object?>()];
                Assert.True(left.Length == right.Length, $"{where}: {left.Length} items became {right.Length}");
                for (int i = 0; i < left.Length; i++)
                    Expect(left[i], right[i], $"{where}[{i}]");
                break;
            default:
                Assert.Equal(expected.GetType(), actual?.GetType());
                foreach (PropertyInfo property in Properties(expected))
                    Expect(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
                break;
        }
    }

    /// <summary>Fails where something is null that its type does not allow to be.</summary>
    public static void ExpectWhole(object value, string where)
    {
        switch (value)
        {
            case string or IActorRef or Resources or Quantities or Labels or AttributeConstraint or ValueRanges or Enum or ReadOnlyMemory<byte> or DateTimeOffset or TimeSpan:
                break;
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    ExpectWhole(entry.Value ?? throw new InvalidOperationException($"{where}[{entry.Key}] is null"), $"{where}[]");
                break;
            case IEnumerable many:
                foreach (object? item in many)
                    ExpectWhole(item ?? throw new InvalidOperationException($"{where}[] is null"), $"{where}[]");
                break;
            case var _ when value.GetType() is var type && (type.IsPrimitive || type.Namespace == nameof(System)):
                break;
            default:
                foreach (PropertyInfo property in Properties(value))
                {
                    object? held = property.GetValue(value);
                    Assert.True(held is not null || IsNullable(property), $"{where}.{property.Name} is null");
                    if (held is not null)
                        ExpectWhole(held, $"{where}.{property.Name}");
                }
                break;
        }
    }

    private static bool IsNullable(PropertyInfo property)
    {
        lock (Nullability)
            return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    private static IEnumerable<PropertyInfo> Properties(object value) =>
        value.GetType().GetProperties().Where(static property => property.GetIndexParameters().Length == 0 && property.GetMethod is { IsStatic: false });
}
