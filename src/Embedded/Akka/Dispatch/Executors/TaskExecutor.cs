using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work as tasks of a task scheduler: the default one, or that of the synchronization context at start.</summary>
internal sealed class TaskExecutor(string id, TaskScheduler scheduler) : ExecutorService(id)
{
    public override void Execute(IRunnable run) =>
        Task.Factory.StartNew(static work => ((IRunnable)work!).Run(), run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    public override void Shutdown()
    {
    }

    internal sealed class Configurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new TaskExecutor(id, TaskScheduler.Default);
    }

    internal sealed class CurrentContextConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new TaskExecutor(
            id, SynchronizationContext.Current is null ? TaskScheduler.Default : TaskScheduler.FromCurrentSynchronizationContext());
    }
}
