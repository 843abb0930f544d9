namespace Akka.Dispatch;

/// <summary>A dispatcher whose actors share the threads of one executor. The executor is made on first use.</summary>
public class Dispatcher : MessageDispatcher
{
    private readonly ExecutorServiceFactory _factory;
    private readonly Lock _lock = new();
    private ExecutorService? _executor;

    /// <param name="throughputDeadlineTime">Stopwatch ticks; null or 0 for no deadline.</param>
    public Dispatcher(
        MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime,
        ExecutorServiceFactory executorServiceFactory, TimeSpan shutdownTimeout)
        : base(configurator)
    {
        _factory = executorServiceFactory;
        Id = id;
        Throughput = throughput;
        ThroughputDeadlineTime = throughputDeadlineTime;
        ShutdownTimeout = shutdownTimeout;
    }

    private protected override bool HoldsThreads => _executor is DedicatedThreadsExecutor;

    protected override void ExecuteTask(IRunnable run)
    {
        try
        {
            Executor().Execute(run);
        }
        catch (RejectedExecutionException)
        {
            // It was shut down for want of actors just when one came: there is a new one by now.
            Executor().Execute(run);
        }
    }

    internal override void ExecuteAgain(Mailbox mailbox)
    {
        try
        {
            Executor().ExecuteLast(mailbox);
        }
        catch (RejectedExecutionException)
        {
            Schedule(mailbox);
        }
    }

    protected override void Shutdown()
    {
        lock (_lock)
        {
            // First taken away, so that whoever is refused finds a new one.
            var executor = _executor;
            Volatile.Write(ref _executor, null);
            executor?.Shutdown();
        }
    }

    private ExecutorService Executor() => Volatile.Read(ref _executor) ?? MakeExecutor();

    private ExecutorService MakeExecutor()
    {
        lock (_lock) return _executor ??= _factory.Produce(Id);
    }
}
