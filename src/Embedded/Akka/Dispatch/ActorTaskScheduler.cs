using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the continuations of an actor's asynchronous handlers inside the actor: one at a time, with Self, Sender and
/// Context of the message whose handling began them.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    // A handler that yields in a loop nests each step in the one before, so at some depth it starts over.
    private const int MaximumDepth = 32;

    private readonly ActorCell _cell;
    private int _depth;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose handling is going on.</summary>
    public object? CurrentMessage => _handling?.Message;

    private AsyncHandling? _handling;

    /// <summary>Runs an action as an asynchronous handler.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Starts an asynchronous handler; the actor takes no other message until it has ended.</summary>
    /// <exception cref="InvalidOperationException">No actor is handling a message on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        cell.TaskScheduler.Run(asyncAction);
    }

    protected virtual void OnBeforeTaskStarted()
    {
    }

    protected virtual void OnAfterTaskCompleted()
    {
    }

    internal void Execute(Task task) => TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    protected override void QueueTask(Task task)
    {
        if (ActorCell.Current == _cell && _depth < MaximumDepth) ExecuteInline(task);
        else _cell.SendSystemMessage(new ActorTask(task) { Handling = _handling, Scheduler = this });
    }

    private void ExecuteInline(Task task)
    {
        _depth++;
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            _depth--;
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ActorCell.Current == _cell && TryExecuteTask(task);

    private void Run(Func<Task> asyncAction)
    {
        var handling = _cell.BeginHandling();
        _handling = handling;
        OnBeforeTaskStarted();
        var first = new Task<Task>(asyncAction);
        first.RunSynchronously(this);
        var whole = first.IsCompletedSuccessfully ? first.Result : first;
        if (whole is null || whole.IsCompleted) EndAtOnce(handling, whole);
        else EndLater(handling, whole);
    }

    /// <summary>Nothing was waited for, so this ends like a synchronous handler.</summary>
    private void EndAtOnce(AsyncHandling handling, Task? task)
    {
        OnAfterTaskCompleted();
        var failure = Failure(task);
        _cell.EndHandling(handling, failure: null, keepMessage: true);
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
    }

    private void EndLater(AsyncHandling handling, Task task) => task.ContinueWith(
        (ended, state) =>
        {
            OnAfterTaskCompleted();
            _cell.SendSystemMessage(new AsyncHandlingDone((AsyncHandling)state!, Failure(ended)));
        },
        handling, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default);

    private static Exception? Failure(Task? task) => task switch
    {
        { IsFaulted: true } => task.Exception!.InnerExceptions.Count == 1 ? task.Exception.InnerException : task.Exception,
        { IsCanceled: true } => new TaskCanceledException(task),
        _ => null,
    };
}
