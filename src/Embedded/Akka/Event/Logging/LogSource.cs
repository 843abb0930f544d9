using Akka.Actor;

namespace Akka.Event;

/// <summary>Who writes to the log: a name for people and a type for filters.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    public string Source { get; }

    public Type Type { get; }

    public static LogSource Create(object o) => Create(o, null!);

    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        IActorContext context => new LogSource(FromActor(context, system), SourceType(o)),
        IActorRef actor => new LogSource(FromActorRef(actor, system), SourceType(o)),
        string name => new LogSource(FromString(name, system), SourceType(o)),
        Type type => new LogSource(FromType(type, system), SourceType(o)),
        _ => new LogSource(FromType(o.GetType(), system), SourceType(o)),
    };

    public static LogSource Create(string source, Type t) => new(source, t);

    public static string FromActor(IActorContext actor, ActorSystem system) => FromActorRef(actor.Self, system);

    public static string FromActorRef(IActorRef a, ActorSystem system) =>
        system is ExtendedActorSystem { Provider: { } provider } ? a.Path.ToStringWithAddress(provider.DefaultAddress) : a.Path.ToString();

    public static string FromString(string str, ActorSystem system) => system is null ? str : $"{str} ({system})";

    public static string FromType(Type t, ActorSystem system) => system is null ? t.Name : $"{t.Name} ({system})";

    public static Type SourceType(object o) => o switch
    {
        Type type => type,
        IActorContext context => context.Props.Type,
        IActorRef => typeof(IActorRef),
        string => typeof(DummyClassForStringSources),
        _ => o.GetType(),
    };

    public override string ToString() => Source;
}

/// <summary>Stands for the type of sources that are only a name.</summary>
public class DummyClassForStringSources;
