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

    protected override void ExecuteTask(IRunnable run) => Executor().Execute(run);

    internal override void ExecuteAgain(Mailbox mailbox) => Executor().ExecuteLast(mailbox);

    protected override void Shutdown()
    {
        lock (_lock)
        {
            _executor?.Shutdown();
            _executor = null;
        }
    }

    private ExecutorService Executor() => Volatile.Read(ref _executor) ?? MakeExecutor();

    private ExecutorService MakeExecutor()
    {
        lock (_lock) return _executor ??= _factory.Produce(Id);
    }
}
