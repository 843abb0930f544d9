namespace Akka.Dispatch;

/// <summary>An action and its argument as a piece of work.</summary>
public sealed class ActionWithStateRunnable(Action<object> actionWithState, object state) : IRunnable, IThreadPoolWorkItem
{
    public void Run() => actionWithState(state);

    public void Execute() => actionWithState(state);
}
