using Akka.Actor;

namespace Akka.Persistence;

/// <summary>What persistent actors and the permitter say to each other.</summary>
internal abstract class RecoveryPermits : INoSerializationVerificationNeeded
{
    /// <summary>Asks for a permit.</summary>
    internal static readonly RecoveryPermits Request = new RequestPermit();

    /// <summary>The recovery may begin.</summary>
    internal static readonly RecoveryPermits Granted = new PermitGranted();

    /// <summary>The recovery has ended.</summary>
    internal static readonly RecoveryPermits Return = new ReturnPermit();

    private sealed class RequestPermit : RecoveryPermits;

    private sealed class PermitGranted : RecoveryPermits;

    private sealed class ReturnPermit : RecoveryPermits;
}

/// <summary>
/// Lets a bounded number of actors recover at a time, in the order in which they asked, so that a start of many does
/// not swamp the journal. An actor that stops gives its permit back.
/// </summary>
internal sealed class RecoveryPermitter(int maxPermits) : UntypedActor
{
    private readonly LinkedList<IActorRef> _waiting = new();
    private readonly HashSet<IActorRef> _recovering = [];

    internal static Props Props(int maxPermits) => Actor.Props.Create(() => new RecoveryPermitter(maxPermits));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RecoveryPermits when ReferenceEquals(message, RecoveryPermits.Request):
                Context.Watch(Sender);
                if (_recovering.Count >= maxPermits) _waiting.AddLast(Sender);
                else Grant(Sender);
                break;
            case RecoveryPermits when ReferenceEquals(message, RecoveryPermits.Return):
                Context.Unwatch(Sender);
                Release(Sender);
                break;
            case Terminated ended:
                // Granted or waiting: either place is free now.
                if (!_waiting.Remove(ended.ActorRef)) Release(ended.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Grant(IActorRef actor)
    {
        _recovering.Add(actor);
        actor.Tell(RecoveryPermits.Granted);
    }

    private void Release(IActorRef actor)
    {
        if (!_recovering.Remove(actor)) return;
        if (_waiting.First is not { } next) return;
        _waiting.RemoveFirst();
        Grant(next.Value);
    }
}
