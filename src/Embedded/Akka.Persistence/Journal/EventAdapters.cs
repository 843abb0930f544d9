using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Persistence.Journal;

/// <summary>Which adapter is for which type of events: the one bound to the most specific base of it.</summary>
public class EventAdapters
{
    private readonly ConcurrentDictionary<Type, IEventAdapter> _map;
    private readonly IReadOnlyList<KeyValuePair<Type, IEventAdapter>> _bindings;
    private readonly ILoggingAdapter? _log;

    protected EventAdapters(ConcurrentDictionary<Type, IEventAdapter> map, IEnumerable<KeyValuePair<Type, IEventAdapter>> bindings, ILoggingAdapter? log)
    {
        _map = map;
        _bindings = [.. bindings];
        _log = log;
    }

    /// <summary>Reads the sections event-adapters and event-adapter-bindings of a journal plugin.</summary>
    /// <exception cref="ArgumentException">A binding names an adapter that there is not.</exception>
    public static EventAdapters Create(ExtendedActorSystem system, Config config)
    {
        var adapters = new Dictionary<string, IEventAdapter>(StringComparer.Ordinal);
        foreach (var (name, type) in config.GetConfig("event-adapters")?.AsEnumerable() ?? [])
            adapters[name] = Make(type.GetString(), system);
        var bindings = new List<KeyValuePair<Type, IEventAdapter>>();
        foreach (var (typeName, value) in config.GetConfig("event-adapter-bindings")?.AsEnumerable() ?? [])
        {
            var names = value.IsArray() ? value.GetStringList() : [value.GetString()];
            if (names.FirstOrDefault(name => !adapters.ContainsKey(name)) is { } unknown)
                throw new ArgumentException(
                    $"{typeName} was bound to undefined event-adapter: {unknown} (known adapters: {string.Join(", ", adapters.Keys)})", nameof(config));
            IEventAdapter[] bound = [.. names.Select(name => adapters[name])];
            bindings.Add(new(ConfiguredType.Find(typeName, "event-adapter-bindings"), bound.Length == 1 ? bound[0] : new CombinedReadEventAdapter(bound)));
        }

        return new EventAdapters(new ConcurrentDictionary<Type, IEventAdapter>(), bindings, system.Log);
    }

    public IEventAdapter Get<T>() => Get(typeof(T));

    public virtual IEventAdapter Get(Type type) => _bindings.Count == 0 ? IdentityEventAdapter.Instance : _map.GetOrAdd(type, Find);

    private IEventAdapter Find(Type type)
    {
        var candidates = _bindings.Where(binding => binding.Key.IsAssignableFrom(type)).ToList();
        var best = candidates.FirstOrDefault(one => !candidates.Exists(other => other.Key != one.Key && one.Key.IsAssignableFrom(other.Key)));
        if (best.Value is null) return IdentityEventAdapter.Instance;
        _log?.Debug("Using EventAdapter: {0} for event [{1}]", best.Value.GetType(), type);
        return best.Value;
    }

    private static IEventAdapter Make(string typeName, ExtendedActorSystem system)
    {
        var type = ConfiguredType.Find(typeName, "event-adapters");
        var made = type.GetConstructor([typeof(ExtendedActorSystem)]) is not null ? Activator.CreateInstance(type, system) : Activator.CreateInstance(type);
        return made switch
        {
            IEventAdapter both => both,
            IReadEventAdapter reader => new ReadOnly(reader),
            IWriteEventAdapter writer => new WriteOnly(writer),
            _ => throw new ArgumentException($"{typeName} is no event adapter", nameof(typeName)),
        };
    }

    private sealed class ReadOnly(IReadEventAdapter reader) : IEventAdapter
    {
        public string Manifest(object evt) => string.Empty;

        public object ToJournal(object evt) => evt;

        public IEventSequence FromJournal(object evt, string manifest) => reader.FromJournal(evt, manifest);
    }

    private sealed class WriteOnly(IWriteEventAdapter writer) : IEventAdapter
    {
        public string Manifest(object evt) => writer.Manifest(evt);

        public object ToJournal(object evt) => writer.ToJournal(evt);

        public IEventSequence FromJournal(object evt, string manifest) => EventSequence.Single(evt);
    }
}

/// <summary>Several adapters that read a record each in its way; it cannot write.</summary>
public sealed class CombinedReadEventAdapter(IEnumerable<IEventAdapter> adapters) : IEventAdapter
{
    private readonly IEventAdapter[] _adapters = [.. adapters];

    public IEnumerable<IEventAdapter> Adapters => _adapters;

    public string Manifest(object evt) => throw CannotWrite();

    public object ToJournal(object evt) => throw CannotWrite();

    public IEventSequence FromJournal(object evt, string manifest) =>
        EventSequence.Create(_adapters.SelectMany(adapter => adapter.FromJournal(evt, manifest).Events));

    private static InvalidOperationException CannotWrite() =>
        new("CombinedReadEventAdapter must not be used when writing (creating manifests) events!");
}
