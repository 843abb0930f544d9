using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Asynchronous handlers: while one runs, the actor takes no other message, and each of its steps runs inside the actor.</summary>
public partial class ActorCell
{
    internal AsyncHandling BeginHandling()
    {
        Mailbox.Suspend();
        Extras.RunningHandlings++;
        return new AsyncHandling(this, _currentMessage, _sender, _extras!.Incarnation);
    }

    internal void EndHandling(AsyncHandling handling, Exception? failure, bool keepMessage = false)
    {
        // An incarnation that failed in the meantime has given its suspension back already.
        if (handling.Incarnation != _extras!.Incarnation) return;
        _extras.RunningHandlings--;
        Dispatcher.Resume(this);
        if (failure is not null)
        {
            _currentMessage = handling.Message;
            _sender = handling.Sender;
            HandleInvokeFailure(failure);
            return;
        }

        if (_extras.RunningHandlings == 0 && !keepMessage) _currentMessage = null;
        CheckReceiveTimeout(reschedule: handling.Message is not INotInfluenceReceiveTimeout);
    }

    private void RunInsideActor(ActorTask step)
    {
        var (message, sender) = (_currentMessage, _sender);
        if (step.Handling is { } handling)
        {
            _currentMessage = handling.Message;
            _sender = handling.Sender;
        }

        (step.Scheduler ?? TaskScheduler).Execute(step.Task);
        (_currentMessage, _sender) = (message, sender);
    }

    /// <summary>A new incarnation owes nothing to the handlers that the last one left running.</summary>
    private void AbandonHandlings()
    {
        if (_extras is null) return;
        _extras.Incarnation++;
        // What is left running goes on in the name of its own message: it keeps its scheduler, which knows that.
        if (_extras.RunningHandlings > 0) _extras.TaskScheduler = null;
        for (; _extras.RunningHandlings > 0; _extras.RunningHandlings--) Dispatcher.Resume(this);
    }
}
