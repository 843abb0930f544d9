using Akka.Actor;

namespace Akka.Specs.Torture;

/// <summary>Keeps some slots occupied: whoever ends there is followed by another of the same name.</summary>
internal sealed class SlotsSupervisor : ReceiveActor
{
    private readonly Dictionary<IActorRef, int> _slotOf = [];
    private readonly HashSet<IActorRef> _watched;
    private readonly Ledger _ledger;
    private readonly Slots _slots;
    private readonly Range _own;
    private readonly int _senders;
    private readonly bool _allForOne;

    // What is watched outlives the incarnations, since an end that was under way at a restart is told to the next one.
    public SlotsSupervisor(HashSet<IActorRef> watched, Ledger ledger, Slots slots, Range own, int senders, bool allForOne)
    {
        (_watched, _ledger, _slots, _own, _senders, _allForOne) = (watched, ledger, slots, own, senders, allForOne);
        Receive<Terminated>(terminated =>
        {
            ledger.Remember(terminated.ActorRef);
            if (!watched.Remove(terminated.ActorRef)) ledger.Violated($"{Self} was told twice that {terminated.ActorRef} had ended");
            if (_slotOf.Remove(terminated.ActorRef, out var slot)) Occupy(slot);
        });
    }

    protected override void PreStart()
    {
        for (var slot = _own.Start.Value; slot < _own.End.Value; slot++) Occupy(slot);
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        // These are unwatched and stopped.
        foreach (var child in Context.GetChildren()) _watched.Remove(child);
        base.PreRestart(reason, message);
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        _allForOne ? new AllForOneStrategy(-1, -1, Decide, loggingEnabled: false) : new OneForOneStrategy(-1, -1, Decide, loggingEnabled: false);

    private static Directive Decide(Exception cause) => cause switch
    {
        RestartMe => Directive.Restart,
        ResumeMe => Directive.Resume,
        StopMe => Directive.Stop,
        _ => Directive.Escalate,
    };

    private void Occupy(int slot)
    {
        var history = new TargetHistory(_senders);
        var target = Context.ActorOf(Props.Create(() => new TargetActor(_ledger, history)), $"slot-{slot}");
        _slotOf.Add(target, slot);
        Context.Watch(target);
        _watched.Add(target);
        _slots[slot] = target;
    }
}
