namespace Akka.Dispatch;

/// <summary>Runs a dispatcher's work on threads.</summary>
public abstract class ExecutorService(string id)
{
    public string Id { get; } = id;

    /// <exception cref="RejectedExecutionException">The executor was shut down.</exception>
    public abstract void Execute(IRunnable run);

    /// <summary>As <see cref="Execute"/>, behind the work that is waiting already.</summary>
    internal virtual void ExecuteLast(IRunnable run) => Execute(run);

    /// <summary>Takes no more work; what was taken is finished.</summary>
    public abstract void Shutdown();
}
