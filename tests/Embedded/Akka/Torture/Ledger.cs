using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Specs.Torture;

/// <summary>Holds the engine to its word: each message ends once, and nothing happens that must not.</summary>
internal sealed class Ledger(int messages)
{
    private readonly int[] _ends = new int[messages];
    private readonly ConcurrentQueue<WeakReference> _dead = new();
    private int _ended;
    private int _handled;

    internal ConcurrentQueue<string> Violations { get; } = new();

    internal bool IsComplete => Volatile.Read(ref _ended) >= messages;

    internal int Handled => _handled;

    internal int DeadLetters => _ended - _handled;

    internal int Ended => Volatile.Read(ref _ended);

    internal void HandledOnce(Work work)
    {
        Interlocked.Increment(ref _handled);
        End(work, "handled");
    }

    internal void DeadOnce(Work work) => End(work, "dead letter");

    internal void Violated(string what)
    {
        if (Violations.Count < 20) Violations.Enqueue(what);
    }

    /// <summary>Remembers a target that ended, without holding it.</summary>
    internal void Remember(IActorRef dead) => _dead.Enqueue(new WeakReference(dead));

    /// <summary>How many of the targets that ended somebody still holds, of how many.</summary>
    internal (int Held, int All) DeadTargets() => (_dead.Count(weak => weak.IsAlive), _dead.Count);

    private void End(Work work, string how)
    {
        if (Interlocked.Increment(ref _ends[work.Index]) != 1) Violated($"{work} ended more than once, at last as {how}");
        Interlocked.Increment(ref _ended);
    }
}
