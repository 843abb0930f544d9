using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// The mailbox of one actor: a queue of user messages, a list of system messages that goes first, and the flags that
/// make sure that one thread at a time works for the actor.
/// </summary>
/// <remarks>
/// State is one integer: bit 0 closed, bit 1 scheduled, and above them the number of suspensions. A mailbox that has
/// something to do and is not scheduled is handed to its dispatcher once; it handles up to the dispatcher's throughput
/// of messages and then queues up again, so that actors share their threads fairly.
/// </remarks>
public class Mailbox : IRunnable, IThreadPoolWorkItem
{
    private const int Closed = 1;
    private const int Scheduled = 2;
    private const int SuspendUnit = 4;

    private static readonly SystemMessage ClosedList = new NoMessage();

    private readonly IMessageQueue? _messageQueue;
    private ActorCell _cell = null!;
    private SystemMessage? _systemMessages;
    private int _state;

    public Mailbox(IMessageQueue messageQueue) => _messageQueue = messageQueue;

    /// <summary>For the one mailbox that is its own queue, <see cref="UnboundedMailboxWithQueue"/>.</summary>
    private protected Mailbox()
    {
    }

    public virtual IMessageQueue MessageQueue => _messageQueue!;

    public MessageDispatcher Dispatcher => _cell.Dispatcher;

    internal bool IsClosed => (Volatile.Read(ref _state) & Closed) != 0;

    internal bool IsSuspended => Volatile.Read(ref _state) >= SuspendUnit;

    internal bool IsScheduledAndOpen => (Volatile.Read(ref _state) & (Scheduled | Closed)) == Scheduled;

    internal int SuspendCount => Volatile.Read(ref _state) / SuspendUnit;

    internal bool HasSystemMessages
    {
        get
        {
            var first = Volatile.Read(ref _systemMessages);
            return first is not null && first != ClosedList;
        }
    }

    internal virtual bool HasUserMessages => _messageQueue!.HasMessages;

    public virtual void SetActor(ActorCell actorCell) => _cell = actorCell;

    public void Run()
    {
        if (!IsClosed)
        {
            var previous = InternalCurrentActorCellKeeper.Current;
            InternalCurrentActorCellKeeper.Current = _cell;
            try
            {
                ProcessSystemMessages();
                ProcessUserMessages();
            }
            finally
            {
                InternalCurrentActorCellKeeper.Current = previous;
            }
        }

        SetIdle();
        // Whoever sent while this was scheduled did not schedule it; so look again.
        if (CanBeScheduled(hasMessageHint: false, hasSystemMessageHint: false) && SetScheduled()) Dispatcher.ExecuteAgain(this);
    }

    public void Execute() => Run();

    /// <summary>Hands what is left to the dead letters; the actor has stopped and this mailbox is closed.</summary>
    public virtual void CleanUp()
    {
        var deadLetters = _cell.SystemImpl.Mailboxes.DeadLetterMailbox;
        // Several late senders may get here at once, but a queue has one consumer.
        lock (this)
        {
            for (var message = CloseSystemMessages(); message is not null;)
            {
                var next = message.Next;
                message.Unlink();
                deadLetters.SystemEnqueue(_cell.Self, message);
                message = next;
            }

            MessageQueue.CleanUp(_cell.Self, deadLetters.MessageQueue);
        }
    }

    [Conditional("MAILBOX_DEBUG")]
    public static void DebugPrint(string message, params object[] args) => System.Diagnostics.Debug.WriteLine(message, args);

    internal virtual void Enqueue(IActorRef receiver, in Envelope envelope) => _messageQueue!.Enqueue(receiver, envelope);

    private protected virtual bool TryDequeue(out Envelope envelope) => _messageQueue!.TryDequeue(out envelope);

    /// <summary>Adds a system message; those to a closed mailbox become dead letters.</summary>
    internal virtual void SystemEnqueue(IActorRef receiver, SystemMessage message)
    {
        while (true)
        {
            var first = Volatile.Read(ref _systemMessages);
            if (first == ClosedList)
            {
                _cell.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(receiver, message);
                return;
            }

            message.Next = first;
            if (Interlocked.CompareExchange(ref _systemMessages, message, first) == first) return;
        }
    }

    internal bool CanBeScheduled(bool hasMessageHint, bool hasSystemMessageHint)
    {
        var state = Volatile.Read(ref _state);
        if ((state & Closed) != 0) return false;
        if ((state & Scheduled) != 0) return false;
        return hasSystemMessageHint || HasSystemMessages || (state < SuspendUnit && (hasMessageHint || HasUserMessages));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool SetScheduled()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & (Scheduled | Closed)) != 0) return false;
            if (Interlocked.CompareExchange(ref _state, state | Scheduled, state) == state) return true;
        }
    }

    private void SetIdle() => Interlocked.And(ref _state, ~Scheduled);

    /// <summary>Stops user messages until <see cref="Resume"/> was called as often.</summary>
    internal void Suspend()
    {
        if (!IsClosed) Interlocked.Add(ref _state, SuspendUnit);
    }

    /// <summary>Takes one suspension back; true when none is left.</summary>
    internal bool Resume()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Closed) != 0) return false;
            var next = state < SuspendUnit ? state : state - SuspendUnit;
            if (Interlocked.CompareExchange(ref _state, next, state) == state) return next < SuspendUnit;
        }
    }

    internal void Close() => Interlocked.Or(ref _state, Closed);

    private SystemMessage? CloseSystemMessages() => InArrivalOrder(Interlocked.Exchange(ref _systemMessages, ClosedList));

    private void ProcessUserMessages()
    {
        var dispatcher = Dispatcher;
        var left = dispatcher.Throughput;
        var deadline = dispatcher.ThroughputDeadlineTime is { } ticks and > 0 ? Stopwatch.GetTimestamp() + ticks : long.MaxValue;
        // Neither suspended nor closed.
        while ((Volatile.Read(ref _state) & ~Scheduled) == 0 && TryDequeue(out var envelope))
        {
            _cell.Invoke(envelope);
            if (Volatile.Read(ref _systemMessages) is not null) ProcessSystemMessages();
            if (--left <= 0 || (deadline != long.MaxValue && Stopwatch.GetTimestamp() >= deadline)) return;
        }
    }

    private void ProcessSystemMessages()
    {
        while (!IsClosed && HasSystemMessages)
        {
            var message = InArrivalOrder(Interlocked.Exchange(ref _systemMessages, null));
            while (message is not null)
            {
                var next = message.Next;
                message.Unlink();
                if (IsClosed)
                {
                    // The actor ended in the middle of the list: the rest is for the dead letters.
                    _cell.SystemImpl.Mailboxes.DeadLetterMailbox.SystemEnqueue(_cell.Self, message);
                }
                else
                {
                    _cell.SystemInvoke(message);
                }

                message = next;
            }
        }
    }

    private static SystemMessage? InArrivalOrder(SystemMessage? last)
    {
        if (last == ClosedList) return null;
        SystemMessage? first = null;
        while (last is not null)
        {
            var next = last.Next;
            last.Next = first;
            first = last;
            last = next;
        }

        return first;
    }
}
