using System.Reflection;

namespace ActorScheduler.Protocol.Specs.Serialization;

/// <summary>The types that stand in messages.</summary>
internal static class Reachable
{
    public static IReadOnlySet<Type> From(IEnumerable<Type> roots)
    {
        var seen = new HashSet<Type>();
        var left = new Queue<Type>(roots);
        while (left.TryDequeue(out Type? type))
        {
            if (type.IsGenericType)
            {
                foreach (Type argument in type.GetGenericArguments())
                    left.Enqueue(argument);
            }
            if (type.Namespace?.StartsWith(nameof(ActorScheduler), StringComparison.Ordinal) != true || !seen.Add(type))
                continue;
            foreach (PropertyInfo property in type.GetProperties())
                left.Enqueue(property.PropertyType);
            foreach (Type kind in type.IsAbstract ? type.Assembly.GetTypes().Where(kind => kind.BaseType == type) : [])
                left.Enqueue(kind);
        }
        return seen;
    }
}
