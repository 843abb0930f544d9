namespace Akka.Dispatch;

/// <summary>Runs its actors on the synchronization context of the thread that made the dispatcher, such as a user interface's.</summary>
public sealed class CurrentSynchronizationContextDispatcher(
    MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime,
    ExecutorServiceFactory executorServiceFactory, TimeSpan shutdownTimeout)
    : Dispatcher(configurator, id, throughput, throughputDeadlineTime, executorServiceFactory, shutdownTimeout);
