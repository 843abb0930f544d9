using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// What a timer puts into the mailbox: the cell asks the <see cref="Owner" /> whether it still counts and for the message.
/// </summary>
internal class TimerTick(TimerScheduler owner, object key, object message, int generation)
    : IAutoReceivedMessage, INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public TimerScheduler Owner { get; } = owner;

    public object Key { get; } = key;

    public object Message { get; } = message;

    public int Generation { get; } = generation;

    public override string ToString() => $"TimerTick(key={Key}, generation={Generation}, message={Message})";

    /// <summary>The tick of a message that leaves the receive time-out alone.</summary>
    internal sealed class Quiet(TimerScheduler owner, object key, object message, int generation)
        : TimerTick(owner, key, message, generation), INotInfluenceReceiveTimeout;
}
