using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Serialization;

namespace Akka.Serialization;

/// <summary>
/// Decides which types received data may name, in a manifest or inside JSON, so that bytes from the network never choose an
/// arbitrary type of the process to be made. Accepted is a type that is
/// <list type="bullet">
/// <item>a plain value of the framework, or one of its common collections, tuples and nullables of accepted types;</item>
/// <item>assignable to a type that is bound to a serializer in the configuration, other than <see cref="object" />;</item>
/// <item>defined in an assembly that is loaded and is the engine or references it: the application's own messages;</item>
/// </list>
/// and never a delegate, a <see cref="Type" /> or a pointer. No assembly is ever loaded for a received name.
/// </summary>
internal sealed class ReceivedTypes(Func<IEnumerable<Type>> boundTypes)
{
    // Names come from outside: beyond this many, answers are worked out anew instead of being kept.
    private const int CachedNames = 4096;

    private static readonly string Engine = typeof(ReceivedTypes).Assembly.GetName().Name!;

    private static readonly FrozenSet<Type> Values = new[]
    {
        typeof(object), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(Int128), typeof(UInt128), typeof(Half), typeof(float), typeof(double), typeof(decimal),
        typeof(char), typeof(string), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(System.Numerics.BigInteger),
    }.ToFrozenSet();

    private static readonly FrozenSet<Type> Containers = new[]
    {
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(SortedSet<>),
        typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(Queue<>), typeof(Stack<>), typeof(LinkedList<>),
        typeof(IEnumerable<>), typeof(ICollection<>), typeof(IList<>), typeof(ISet<>), typeof(IDictionary<,>),
        typeof(IReadOnlyCollection<>), typeof(IReadOnlyList<>), typeof(IReadOnlySet<>), typeof(IReadOnlyDictionary<,>),
        typeof(System.Collections.ObjectModel.ReadOnlyCollection<>), typeof(System.Collections.ObjectModel.ReadOnlyDictionary<,>),
        typeof(System.Collections.ObjectModel.Collection<>), typeof(ConcurrentDictionary<,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(IImmutableList<>), typeof(IImmutableSet<>), typeof(IImmutableDictionary<,>), typeof(IImmutableQueue<>), typeof(IImmutableStack<>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>),
    }.ToFrozenSet();

    private readonly ConcurrentDictionary<string, Type> _resolved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Assembly, bool> _applications = new();

    /// <summary>The type of a received name.</summary>
    /// <exception cref="SerializationException">There is no such type among the loaded ones, or it is not accepted.</exception>
    public Type Resolve(string name)
    {
        if (_resolved.TryGetValue(name, out var known))
        {
            return known;
        }

        var type = Find(name) ?? throw new SerializationException(
            $"Received data names the type [{name}], which no loaded assembly has. Is it in this process, and bound in akka.actor.serialization-bindings?");
        if (!Accepts(type))
        {
            throw new SerializationException(
                $"Received data names the type [{name}], which is not accepted: it is no message of this application. To accept it, bind it to a serializer in akka.actor.serialization-bindings.");
        }

        if (_resolved.Count < CachedNames)
        {
            _resolved.TryAdd(name, type);
        }

        return type;
    }

    /// <summary>Forgets its answers, as a new binding may change them.</summary>
    public void Forget() => _resolved.Clear();

    private static Type? Find(string name)
    {
        try
        {
            return Type.GetType(name, LoadedAssembly, static (assembly, type, ignoreCase) =>
                assembly is not null
                    ? assembly.GetType(type, false, ignoreCase)
                    : typeof(object).Assembly.GetType(type, false, ignoreCase) ?? typeof(ReceivedTypes).Assembly.GetType(type, false, ignoreCase),
                throwOnError: false);
        }
        catch (Exception e) when (e is ArgumentException or TypeLoadException or IOException or BadImageFormatException)
        {
            return null;
        }
    }

    private static Assembly? LoadedAssembly(AssemblyName name) =>
        AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == name.Name);

    public bool Accepts(Type type)
    {
        if (type.IsPointer || type.IsByRef || type.IsByRefLike || type.ContainsGenericParameters
            || type == typeof(IntPtr) || type == typeof(UIntPtr)
            || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type))
        {
            return false;
        }

        if (type.IsArray)
        {
            return Accepts(type.GetElementType()!);
        }

        if (Values.Contains(type) || type.IsEnum)
        {
            return true;
        }

        var known = IsBound(type) || IsOfApplication(type.Assembly);
        return type.IsConstructedGenericType
            ? (known || Containers.Contains(type.GetGenericTypeDefinition())) && Array.TrueForAll(type.GetGenericArguments(), Accepts)
            : known;
    }

    private bool IsBound(Type type) => boundTypes().Any(bound => bound != typeof(object) && bound.IsAssignableFrom(type));

    private bool IsOfApplication(Assembly assembly) => _applications.GetOrAdd(assembly, static a =>
        a.GetName().Name == Engine || a.GetReferencedAssemblies().Any(reference => reference.Name == Engine));
}
