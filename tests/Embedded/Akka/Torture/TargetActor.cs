using Akka.Actor;

namespace Akka.Specs.Torture;

/// <summary>Handles work, does what it says, and reports whatever should not have been.</summary>
internal sealed class TargetActor : ReceiveActor, IWithTimers, IWithUnboundedStash
{
    private readonly object _incarnation = new();
    private readonly Ledger _ledger;
    private readonly TargetHistory _history;
    private int _generation;
    private bool _isBusy;

    public TargetActor(Ledger ledger, TargetHistory history)
    {
        _ledger = ledger;
        _history = history;
        var children = Volatile.Read(ref history.Children);
        if (children != 0) ledger.Violated($"{Self} was made while {children} of its children lived");
        Working();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private void Working()
    {
        ReceiveAsync<Work>(work => work.Deed is Deed.Yield or Deed.WorkElsewhere, HandleSlowly);
        Receive<Work>(Handle);
        Receive<Tick>(CheckTick);
        Receive<Open>(_ => { });
    }

    private void Closed()
    {
        Receive<Work>(_ => Stash.Stash());
        Receive<Tick>(CheckTick);
        Receive<Open>(_ =>
        {
            Become(Working);
            Stash.UnstashAll();
        });
    }

    private void Handle(Work work)
    {
        Begin(work);
        switch (work.Deed)
        {
            case Deed.Restart:
                throw new RestartMe();
            case Deed.Resume:
                throw new ResumeMe();
            case Deed.Fail:
                throw new StopMe();
            case Deed.Escalate:
                throw new EscalateMe();
            case Deed.StopSelf:
                Context.Stop(Self);
                break;
            case Deed.Poison:
                Self.Tell(PoisonPill.Instance);
                break;
            case Deed.Close:
                Self.Tell(Open.Instance);
                Become(Closed);
                break;
            case Deed.StartTimer:
                Timers.StartSingleTimer("timer", new Tick(_incarnation, ++_generation), TimeSpan.FromMilliseconds(1));
                break;
            case Deed.CancelTimer:
                Timers.Cancel("timer");
                _generation++;
                break;
            case Deed.MakeChild:
                Context.ActorOf(Props.Create(() => new CountedChild(_history)));
                break;
        }
    }

    private async Task HandleSlowly(Work work)
    {
        Begin(work);
        var (self, sender) = (Self, Sender);
        _isBusy = true;
        if (work.Deed == Deed.Yield) await Task.Yield();
        else await Task.Run(() => { });
        _isBusy = false;
        if (!Equals(self, Self) || !Equals(sender, Sender)) _ledger.Violated($"{self} took {Self} for itself, or {Sender} for {sender}, after an await");
    }

    private void Begin(Work work)
    {
        if (_isBusy) _ledger.Violated($"{Self} was given {work} in the middle of another message");
        if (_history.Last[work.From] >= work.Index) _ledger.Violated($"{Self} was given {work} after {_history.Last[work.From]}");
        _history.Last[work.From] = work.Index;
        _ledger.HandledOnce(work);
    }

    private void CheckTick(Tick tick)
    {
        if (tick.Incarnation != _incarnation) _ledger.Violated($"{Self} heard a timer of an earlier incarnation");
        if (tick.Generation != _generation) _ledger.Violated($"{Self} heard a timer that was cancelled");
    }

    private sealed class CountedChild : UntypedActor
    {
        private readonly TargetHistory _history;

        public CountedChild(TargetHistory history)
        {
            _history = history;
            Interlocked.Increment(ref history.Children);
        }

        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => Interlocked.Decrement(ref _history.Children);
    }
}
