using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>Gives threads to mailboxes that have something to do.</summary>
public abstract class MessageDispatcher
{
    private const int DefaultThroughput = 100;

    private long _inhabitants;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
    }

    public MessageDispatcherConfigurator Configurator { get; }

    /// <summary>Messages that one actor may handle before it queues up behind the others.</summary>
    public int Throughput { get; protected set; }

    /// <summary>Time (in stopwatch ticks) after which one actor queues up behind the others; null or 0 for none.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    public string Id { get; protected set; } = "";

    /// <summary>How long an executor without actors is kept.</summary>
    public TimeSpan ShutdownTimeout { get; protected set; }

    /// <summary>Number of actors on this dispatcher.</summary>
    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    public EventStream EventStream => Configurator.Prerequisites.EventStream;

    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;

    public void Schedule(Action run) => Schedule(new ActionRunnable(run));

    public void Schedule(IRunnable run)
    {
        try
        {
            ExecuteTask(run);
        }
        catch (RejectedExecutionException failure)
        {
            ReportFailure(failure);
        }
    }

    /// <summary>Takes an actor in and lets it begin.</summary>
    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        RegisterForExecution(cell.Mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Lets an actor go that has stopped; what is left in its mailbox becomes dead letters.</summary>
    public virtual void Detach(ActorCell cell)
    {
        var mailbox = cell.SwapMailbox(cell.SystemImpl.Mailboxes.DeadLetterMailbox);
        mailbox.Close();
        mailbox.CleanUp();
        if (Interlocked.Decrement(ref _inhabitants) == 0) ShutdownWhenEmpty();
    }

    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        mailbox.Enqueue(cell.Self, envelope);
        // On the way of most messages of a busy actor: whoever runs it will find the message.
        if (!mailbox.IsScheduledAndOpen) RegisterForExecution(mailbox, hasMessageHint: true, hasSystemMessageHint: false);
    }

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    internal virtual void RegisterForExecution(Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint)
    {
        if (mailbox.CanBeScheduled(hasMessageHint, hasSystemMessageHint))
        {
            if (mailbox.SetScheduled()) Schedule(mailbox);
        }
        else if (mailbox.IsClosed)
        {
            // The actor stopped between the look at its mailbox and the message: that must not vanish without a word.
            mailbox.CleanUp();
        }
    }

    /// <summary>Queues a mailbox up that has used its turn, behind those that wait.</summary>
    internal virtual void ExecuteAgain(Mailbox mailbox) => Schedule(mailbox);

    internal void Suspend(ActorCell cell) => cell.Mailbox.Suspend();

    internal void Resume(ActorCell cell)
    {
        var mailbox = cell.Mailbox;
        if (mailbox.Resume()) RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: false);
    }

    protected void ReportFailure(Exception ex) =>
        EventStream.Publish(new Error(ex, GetType().FullName!, GetType(), $"Dispatcher [{Id}]: {ex.Message}"));

    protected abstract void ExecuteTask(IRunnable run);

    protected abstract void Shutdown();

    /// <summary>Ends the threads of this dispatcher at the end of the system.</summary>
    internal void ShutdownNow() => Shutdown();

    private protected virtual void ShutdownWhenEmpty()
    {
        if (!HoldsThreads) return;
        try
        {
            Configurator.Prerequisites.Scheduler.Advanced.ScheduleOnce(ShutdownTimeout, () =>
            {
                if (Inhabitants == 0) Shutdown();
            });
        }
        catch (SchedulerException)
        {
            // The system is going down, and its dispatchers with it.
            Shutdown();
        }
    }

    /// <summary>Whether this dispatcher has threads of its own that should end when nobody needs them.</summary>
    private protected virtual bool HoldsThreads => false;
}
