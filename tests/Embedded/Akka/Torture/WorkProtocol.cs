using Akka.Actor;

namespace Akka.Specs.Torture;

/// <summary>What a message makes its receiver do.</summary>
internal enum Deed
{
    Nothing,
    Restart,
    Resume,
    Fail,
    Escalate,
    StopSelf,
    Poison,
    Close,
    Yield,
    WorkElsewhere,
    StartTimer,
    CancelTimer,
    MakeChild,
}

/// <summary>One message of the torture run.</summary>
/// <param name="Index">Number of the message among all.</param>
/// <param name="From">Number of its sender, for whom indices grow.</param>
/// <param name="Deed">What it makes the receiver do.</param>
internal sealed record Work(int Index, int From, Deed Deed);

internal sealed record Tick(object Incarnation, int Generation);

internal sealed class Open
{
    internal static readonly Open Instance = new();
}

internal sealed class RestartMe() : Exception("restart");

internal sealed class ResumeMe() : Exception("resume");

internal sealed class StopMe() : Exception("stop");

internal sealed class EscalateMe() : Exception("escalate");

/// <summary>What outlives the incarnations of one target: what it saw of each sender, and how many children it has.</summary>
internal sealed class TargetHistory(int senders)
{
    internal readonly int[] Last = [.. Enumerable.Repeat(-1, senders)];

    internal int Children;
}

/// <summary>The places where targets live; whoever lives there changes all the time.</summary>
internal sealed class Slots(int count)
{
    private readonly IActorRef?[] _targets = new IActorRef?[count];

    internal int Count => _targets.Length;

    internal IActorRef? this[int slot]
    {
        get => Volatile.Read(ref _targets[slot]);
        set => Volatile.Write(ref _targets[slot], value);
    }
}
