using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The runtime of one actor: its mailbox, behaviour, children, watches and what happens when it fails. The actor sees
/// it as its Context.
/// </summary>
/// <remarks>
/// There is one cell an actor, so fields are few: what most actors never use (watches, time-outs, asynchronous
/// handling) is kept in <see cref="ActorCellExtras"/>, made on first use. But for sending and the list of children, a
/// cell is only touched by the thread that runs its mailbox.
/// </remarks>
public partial class ActorCell : IUntypedActorContext, ICell
{
    /// <summary>The uid of a reference that names no incarnation.</summary>
    public const int UndefinedUid = 0;

    private readonly ActorSystemImpl _system;
    private readonly IInternalActorRef _self;
    private readonly IInternalActorRef _parent;
    private readonly Props _props;
    private Mailbox _mailbox = null!;
    private ActorBase? _actor;
    private object? _currentMessage;
    private IActorRef? _sender;
    private Receive? _behavior;
    private ChildrenOfActor? _children;
    private ActorCellExtras? _extras;
    private IActorRef? _perpetrator;
    private CellFlags _flags;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef parent)
    {
        _system = system;
        _self = self;
        _props = props;
        _parent = parent;
        Dispatcher = dispatcher;
    }

    [Flags]
    private enum CellFlags : byte
    {
        None = 0,
        OverridesAroundReceive = 1,
        Terminated = 2,
        FailedFatally = 4,
        LogsReceive = 8,
        StashedCurrentMessage = 16,
    }

    internal static ActorCell? Current => InternalCurrentActorCellKeeper.Current;

    public ActorSystem System => _system;

    public ActorSystemImpl SystemImpl => _system;

    public Props Props => _props;

    public IActorRef Self => _self;

    public IInternalActorRef Parent => _parent;

    IActorRef IActorContext.Parent => _parent;

    public IActorRef Sender => _sender ?? _system.DeadLetters;

    public object? CurrentMessage => _currentMessage;

    public MessageDispatcher Dispatcher { get; }

    public Mailbox Mailbox => Volatile.Read(ref _mailbox);

    public bool IsLocal => true;

    public bool IsTerminated => (_flags & CellFlags.Terminated) != 0;

    public bool HasMessages => Mailbox.HasUserMessages;

    public int NumberOfMessages => Mailbox.MessageQueue.Count;

    /// <summary>Where the continuations of asynchronous handlers run: inside this actor.</summary>
    public ActorTaskScheduler TaskScheduler => Extras.TaskScheduler ??= new ActorTaskScheduler(this);

    internal ActorBase? Actor => _actor;

    /// <summary>Whether the current message is in the stash already.</summary>
    internal bool StashedCurrentMessage
    {
        get => (_flags & CellFlags.StashedCurrentMessage) != 0;
        set => _flags = value ? _flags | CellFlags.StashedCurrentMessage : _flags & ~CellFlags.StashedCurrentMessage;
    }

    private ActorCellExtras Extras => _extras ??= new ActorCellExtras();

    /// <summary>Gives the cell its mailbox, with the message in it that makes the actor.</summary>
    public void Init(bool sendSupervise, MailboxType mailboxType)
    {
        var mailbox = mailboxType is UnboundedMailbox
            ? new UnboundedMailboxWithQueue()
            : CreateMailbox(mailboxType);
        mailbox.SetActor(this);
        _mailbox = mailbox;
        mailbox.SystemEnqueue(_self, new Create(MailboxMisfit(mailboxType)));
        _ = sendSupervise; // A parent keeps its children under a lock, so it knows this one before it can fail.
    }

    private Mailbox CreateMailbox(MailboxType mailboxType)
    {
        var queue = mailboxType.Create(_self, _system);
        return queue as Mailbox ?? new Mailbox(queue);
    }

    /// <summary>Lets the actor begin.</summary>
    public virtual void Start() => Dispatcher.Attach(this);

    public void SendMessage(IActorRef sender, object message) => SendMessage(new Envelope(message, sender));

    public virtual void SendMessage(Envelope message)
    {
        Dispatcher.Dispatch(this, _system.SerializesMessages ? SerializationCheck.Pass(_system, message) : message);
    }

    public virtual void SendSystemMessage(ISystemMessage message) => Dispatcher.SystemDispatch(this, (SystemMessage)message);

    public void Suspend() => SendSystemMessage(new Suspend());

    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public void Stop() => SendSystemMessage(new Terminate());

    public void Become(Receive receive)
    {
        _behavior = receive;
        if (_extras?.OlderBehaviors is { Count: > 0 } older) older.Clear();
    }

    public void BecomeStacked(Receive receive)
    {
        (Extras.OlderBehaviors ??= new Stack<Receive?>()).Push(_behavior);
        _behavior = receive;
    }

    /// <summary>Goes back to the behaviour before the last BecomeStacked; the first behaviour is never dropped.</summary>
    public void UnbecomeStacked()
    {
        if (_extras?.OlderBehaviors is { Count: > 0 } older) _behavior = older.Pop();
    }

    void IUntypedActorContext.Become(UntypedReceive receive) => Become(AsReceive(receive));

    void IUntypedActorContext.BecomeStacked(UntypedReceive receive) => BecomeStacked(AsReceive(receive));

    public ActorSelection ActorSelection(string path) => ActorRefFactoryShared.ActorSelection(path, _system, _self);

    public ActorSelection ActorSelection(ActorPath path) => ActorRefFactoryShared.ActorSelection(path, _system);

    /// <summary>Runs an action as if a message of this actor were being handled.</summary>
    public void UseThreadContext(Action action)
    {
        var previous = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = this;
        try
        {
            action();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = previous;
        }
    }

    /// <summary>The actor for which this thread works; null outside of actors.</summary>
    public static IActorRef GetCurrentSelfOrNoSender() => InternalCurrentActorCellKeeper.Current?._self!;

    /// <summary>The sender of the message that this thread handles; null outside of actors.</summary>
    public static IActorRef GetCurrentSenderOrNoSender() => InternalCurrentActorCellKeeper.Current?.Sender!;

    internal Mailbox SwapMailbox(Mailbox mailbox) => Interlocked.Exchange(ref _mailbox, mailbox);

    internal void Publish(LogEvent logEvent)
    {
        try
        {
            _system.EventStream.Publish(logEvent);
        }
        catch (Exception)
        {
            // A logger that fails must not take the actor with it.
        }
    }

    private static Receive AsReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    /// <summary>Says so when the queue of the mailbox is not what the actor's class requires.</summary>
    private ActorInitializationException? MailboxMisfit(MailboxType mailboxType)
    {
        var required = _system.Mailboxes?.GetRequiredType(_props.Type);
        if (required is null || required.IsInstanceOfType(_mailbox.MessageQueue) || required.IsInstanceOfType(_mailbox)) return null;
        return new ActorInitializationException(
            _self, $"Actor [{_self}] requires mailbox type [{required}] got [{mailboxType.GetType()}]");
    }
}
