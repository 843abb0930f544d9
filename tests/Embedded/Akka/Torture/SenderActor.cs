using Akka.Actor;

namespace Akka.Specs.Torture;

/// <summary>Sends its share of the work to whoever lives in the slots, and watches some of them.</summary>
internal sealed class SenderActor : ReceiveActor
{
    private const int Batch = 50;
    private const int Ahead = 200;

    private readonly HashSet<IActorRef> _watched = [];

    public SenderActor(int number, int senders, int share, int seed, Slots slots, Ledger ledger)
    {
        var random = new Random(seed);
        var (next, end) = (number * share, (number + 1) * share);
        ReceiveAny(message =>
        {
            if (message is Terminated terminated)
            {
                if (!_watched.Remove(terminated.ActorRef)) ledger.Violated($"{Self} was told of {terminated.ActorRef}, which it did not watch any more");
                return;
            }

            if (message is "untold?") Sender.Tell(_watched.Count(target => target is IInternalActorRef { IsTerminated: true }));
            if (message is not "send") return;
            // So many on their way and no more: who is stopped would else take most of the work with it.
            for (var i = 0; i < Batch && next < end && next - number * share < ledger.Ended / senders + Ahead; i++)
            {
                if (slots[random.Next(slots.Count)] is not { } target) continue;
                target.Tell(new Work(next++, number, NextDeed(random)));
                if (random.Next(100) == 0) WatchOrNot(target, random);
            }

            if (next < end) Self.Tell("send");
        });
    }

    private void WatchOrNot(IActorRef target, Random random)
    {
        if (_watched.Contains(target) && random.Next(2) == 0)
        {
            Context.Unwatch(target);
            _watched.Remove(target);
        }
        else
        {
            Context.Watch(target);
            _watched.Add(target);
        }
    }

    private static Deed NextDeed(Random random) => random.Next(10_000) switch
    {
        < 2 => Deed.Escalate,
        < 12 => Deed.Fail,
        < 32 => Deed.StopSelf,
        < 52 => Deed.Poison,
        < 130 => Deed.Restart,
        < 200 => Deed.Resume,
        < 300 => Deed.Close,
        < 500 => Deed.Yield,
        < 600 => Deed.WorkElsewhere,
        < 700 => Deed.StartTimer,
        < 800 => Deed.CancelTimer,
        < 850 => Deed.MakeChild,
        _ => Deed.Nothing,
    };

    public static Props Props(int number, int senders, int share, int seed, Slots slots, Ledger ledger) =>
        Akka.Actor.Props.Create(() => new SenderActor(number, senders, share, seed, slots, ledger));
}
