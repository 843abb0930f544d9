using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>The mailbox types of a system, by configuration id and by what an actor requires.</summary>
public sealed class Mailboxes
{
    /// <summary>The mailbox of actors that ask for nothing else.</summary>
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    public static readonly string NoMailboxRequirement = "";

    private readonly ConcurrentDictionary<string, MailboxType> _types = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Type?> _required = new();
    private readonly ActorSystem _system;
    private readonly Lazy<Dictionary<Type, string>> _requirements;
    private DeadLetterMailbox? _deadLetterMailbox;

    public Mailboxes(ActorSystem system)
    {
        _system = system;
        _requirements = new Lazy<Dictionary<Type, string>>(ReadRequirements);
    }

    public DeadLetterMailbox DeadLetterMailbox => _deadLetterMailbox ??= new DeadLetterMailbox(_system.DeadLetters);

    public bool HasRequiredType(Type actorType) => GetRequiredType(actorType) is not null;

    /// <summary>The queue semantics that an actor type asks for by <see cref="IRequiresMessageQueue{T}"/>, or null.</summary>
    public Type? GetRequiredType(Type actorType) => _required.GetOrAdd(actorType, static type => type.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault());

    public bool ProducesMessageQueue(Type mailboxType) => ProducedQueue(mailboxType) is not null;

    /// <summary>The mailbox type of a configuration id.</summary>
    /// <exception cref="ConfigurationException">There is no such section, or it names no usable type.</exception>
    public MailboxType Lookup(string path) => _types.GetOrAdd(path, Configure);

    /// <summary>The mailbox type that serves a kind of queue semantics.</summary>
    public MailboxType LookupByQueueType(Type queueType) => Lookup(RequiredId(queueType));

    /// <summary>
    /// The mailbox type for an actor: the one that its Props name, else the dispatcher's, else the one that serves the
    /// actor's requirement, else the default. Whatever is chosen has to fit the requirement.
    /// </summary>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    public MailboxType GetMailboxType(Props props, Config? dispatcherConfig)
    {
        var required = GetRequiredType(props.Type);
        if (!string.IsNullOrEmpty(props.Mailbox) && props.Mailbox != Deploy.NoMailboxGiven) return Fitting(Lookup(props.Mailbox), required, props);

        var fromDispatcher = dispatcherConfig?.GetString("mailbox-type");
        if (!string.IsNullOrEmpty(fromDispatcher))
        {
            var type = Lookup(dispatcherConfig!.GetString("id"));
            // The dispatcher's own choice serves an actor with a requirement only when it can.
            if (required is null || required.IsAssignableFrom(ProducedQueue(type.GetType()))) return type;
        }

        var dispatcherRequirement = dispatcherConfig?.GetString("mailbox-requirement");
        if (required is null && !string.IsNullOrEmpty(dispatcherRequirement) && dispatcherRequirement != NoMailboxRequirement)
            return LookupByQueueType(ConfiguredType.Find(dispatcherRequirement, "mailbox-requirement of a dispatcher"));
        if (required is null) return Lookup(DefaultMailboxId);

        var standard = Lookup(DefaultMailboxId);
        return required.IsAssignableFrom(ProducedQueue(standard.GetType())) ? standard : Fitting(LookupByQueueType(required), required, props);
    }

    /// <summary>How many messages an actor's stash may hold; -1 for any number.</summary>
    internal int StashCapacity(string dispatcher, string mailbox)
    {
        var config = _system.Settings.Config;
        if (dispatcher is not (null or "") && dispatcher != Deploy.NoDispatcherGiven && config.GetConfig(dispatcher) is { } section &&
            section.HasPath("stash-capacity")) return section.GetInt("stash-capacity");
        if (mailbox is not (null or "") && mailbox != Deploy.NoMailboxGiven && config.GetConfig(mailbox) is { } box &&
            box.HasPath("stash-capacity")) return box.GetInt("stash-capacity");
        return config.GetInt("akka.actor.default-mailbox.stash-capacity", -1);
    }

    private static MailboxType Fitting(MailboxType type, Type? required, Props props)
    {
        if (required is null || required.IsAssignableFrom(ProducedQueue(type.GetType()))) return type;
        throw new ArgumentException(
            $"Actor [{props.Type}] requires a message queue of [{required}], which the mailbox type [{type.GetType()}] does not make", nameof(type));
    }

    private static Type? ProducedQueue(Type mailboxType) => mailboxType.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IProducesMessageQueue<>))
        .Select(i => i.GetGenericArguments()[0])
        .FirstOrDefault();

    private string RequiredId(Type queueType) => _requirements.Value.TryGetValue(queueType, out var id)
        ? id
        : throw new ConfigurationException($"Mailbox Mapping for [{queueType}] not configured: add it to akka.actor.mailbox.requirements");

    private Dictionary<Type, string> ReadRequirements()
    {
        var found = new Dictionary<Type, string>();
        var section = _system.Settings.Config.GetConfig("akka.actor.mailbox.requirements");
        if (section is null) return found;
        foreach (var (name, id) in section.AsEnumerable())
            found[ConfiguredType.Find(name, "akka.actor.mailbox.requirements")] = id.GetString();
        return found;
    }

    private MailboxType Configure(string path)
    {
        if (path == "unbounded") return new UnboundedMailbox(_system.Settings, Config.Empty);
        var config = _system.Settings.Config.GetConfig(path);
        if (config is null || config.IsEmpty) throw new ConfigurationException($"Mailbox Type [{path}] not configured");
        var typeName = config.GetString("mailbox-type");
        if (string.IsNullOrEmpty(typeName))
            throw new ConfigurationException($"The setting mailbox-type, defined in [{path}], is empty");
        var withDefaults = config.WithFallback(_system.Settings.Config.GetConfig(DefaultMailboxId));
        return ConfiguredType.Create<MailboxType>(typeName, $"{path}.mailbox-type", _system.Settings, withDefaults);
    }
}
