namespace Akka.Dispatch;

/// <summary>An action as a piece of work.</summary>
public sealed class ActionRunnable(Action action) : IRunnable, IThreadPoolWorkItem
{
    public void Run() => action();

    public void Execute() => action();
}
