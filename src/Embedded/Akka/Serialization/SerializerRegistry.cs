using System.Collections.Immutable;

namespace Akka.Serialization;

/// <summary>Serializers by number and name, and the types that are bound to them. Read by all threads, changed rarely.</summary>
internal sealed class SerializerRegistry
{
    private ImmutableDictionary<int, Serializer> _byId = ImmutableDictionary<int, Serializer>.Empty;
    private ImmutableDictionary<string, Serializer> _byName = ImmutableDictionary<string, Serializer>.Empty;
    private ImmutableArray<KeyValuePair<Type, Serializer>> _bindings = [];

    public IEnumerable<Type> BoundTypes => _bindings.Select(binding => binding.Key);

    public Serializer? ById(int id) => _byId.GetValueOrDefault(id);

    public Serializer? ByName(string name) => _byName.GetValueOrDefault(name);

    public void Add(string? name, Serializer serializer)
    {
        ImmutableInterlocked.Update(ref _byId, static (all, s) => all.SetItem(s.Identifier, s), serializer);
        if (name is not null)
        {
            ImmutableInterlocked.Update(ref _byName, static (all, s) => all.SetItem(s.name, s.serializer), (name, serializer));
        }
    }

    public void Bind(Type type, Serializer serializer) => ImmutableInterlocked.Update(
        ref _bindings,
        static (all, binding) => all.RemoveAll(other => other.Key == binding.Key).Add(binding),
        KeyValuePair.Create(type, serializer));

    /// <summary>
    /// The binding that is for <paramref name="type" /> and that no other such binding is more specific than. Of several
    /// unrelated ones a class goes before an interface, and the one bound first before the others.
    /// </summary>
    public (Type? Bound, Serializer? Serializer) MostSpecificFor(Type type)
    {
        var candidates = _bindings.Where(binding => binding.Key.IsAssignableFrom(type)).ToList();
        var best = candidates
            .Where(one => !candidates.Exists(other => other.Key != one.Key && one.Key.IsAssignableFrom(other.Key)))
            .OrderBy(one => one.Key.IsInterface)
            .FirstOrDefault();
        return (best.Key, best.Value);
    }
}
