using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with one method for all messages; what it does not want it passes to Unhandled.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected abstract void OnReceive(object message);

    protected void Become(UntypedReceive receive) => Context.Become(receive);

    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Handles asynchronously; no other message is taken until the task has ended.</summary>
    protected static void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    /// <summary>Handles asynchronously; no other message is taken until the task has ended.</summary>
    protected static void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}
