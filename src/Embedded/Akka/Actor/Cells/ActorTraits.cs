using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>What a cell wants to know of an actor's class, found out once a class.</summary>
internal sealed class ActorTraits
{
    private static readonly ConcurrentDictionary<Type, ActorTraits> Known = new();

    private ActorTraits(Type type)
    {
        var around = type.GetMethod(nameof(ActorBase.AroundReceive), BindingFlags.Instance | BindingFlags.NonPublic, [typeof(Receive), typeof(object)]);
        OverridesAroundReceive = around?.DeclaringType != typeof(ActorBase);
        LogsReceive = typeof(ILogReceive).IsAssignableFrom(type);
    }

    internal bool OverridesAroundReceive { get; }

    internal bool LogsReceive { get; }

    internal static ActorTraits Of(Type actorType) => Known.GetOrAdd(actorType, static type => new ActorTraits(type));
}
