using Akka.Actor;

namespace ActorScheduler.Protocol.Links.Http;

/// <summary>The actor that a message names, in the messages of schedulers that name one.</summary>
public static class NamedActor
{
    /// <summary>The actor; null when the message names none.</summary>
    public static IActorRef? In(IProtocolMessage message) => message switch
    {
        Subscribe subscribe => subscribe.Scheduler,
        KeepSession keep => keep.Scheduler,
        ExecuteInTask execute => execute.Asker,
        ExecutionStarted started => started.Session,
        _ => null,
    };

    /// <summary>The message with another actor in it.</summary>
    public static IProtocolMessage Replace(IProtocolMessage message, IActorRef actor) => message switch
    {
        Subscribe subscribe => subscribe with { Scheduler = actor },
        KeepSession keep => keep with { Scheduler = actor },
        ExecuteInTask execute => execute with { Asker = actor },
        ExecutionStarted started => started with { Session = actor },
        _ => message,
    };
}
