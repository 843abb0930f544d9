using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>
/// Runs work on threads of its own, so that a busy or blocked shared pool cannot hold it up. Threads start when there
/// is work for them and live until <see cref="Shutdown"/>.
/// </summary>
internal sealed class DedicatedThreadsExecutor(string id, int maximumThreads, Action<Exception> reportFailure) : ExecutorService(id)
{
    private readonly Lock _lock = new();
    private readonly Queue<IRunnable> _work = new();
    private readonly SemaphoreSlim _available = new(0);
    private int _threads;
    private int _idle;
    private bool _isShutDown;

    public override void Execute(IRunnable run)
    {
        lock (_lock)
        {
            if (_isShutDown) throw new RejectedExecutionException($"The executor [{Id}] has been shut down");
            _work.Enqueue(run);
            if (_work.Count > _idle && _threads < maximumThreads) StartThread();
        }

        _available.Release();
    }

    public override void Shutdown()
    {
        lock (_lock)
        {
            if (_isShutDown) return;
            _isShutDown = true;
            _available.Release(Math.Max(1, _threads));
        }
    }

    private void StartThread()
    {
        _threads++;
        new Thread(Work) { IsBackground = true, Name = $"{Id}-{_threads}" }.Start();
    }

    private void Work()
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            _available.Wait();
            Interlocked.Decrement(ref _idle);
            IRunnable? run;
            lock (_lock)
                if (!_work.TryDequeue(out run) && _isShutDown)
                    return;
            Run(run);
        }
    }

    private void Run(IRunnable? run)
    {
        try
        {
            run?.Run();
        }
        catch (Exception failure)
        {
            reportFailure(failure);
        }
    }

    /// <summary>Sizes the pool by <c>dedicated-thread-pool.thread-count</c> or <c>fork-join-executor.parallelism-*</c>.</summary>
    internal sealed class Configurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new DedicatedThreadsExecutor(id, ThreadCount(), ReportFailure);

        private void ReportFailure(Exception failure) =>
            Prerequisites.EventStream.Publish(new Event.Error(failure, nameof(DedicatedThreadsExecutor), typeof(DedicatedThreadsExecutor), failure.Message));

        private int ThreadCount()
        {
            var dedicated = Config.GetInt("dedicated-thread-pool.thread-count");
            if (dedicated > 0) return dedicated;
            var sizes = Config.GetConfig("fork-join-executor");
            return sizes is null || sizes.IsEmpty
                ? Math.Max(2, Environment.ProcessorCount)
                : ThreadPoolConfig.ScaledPoolSize(
                    sizes.GetInt("parallelism-min", 2), sizes.GetDouble("parallelism-factor", 1.0), sizes.GetInt("parallelism-max", 64));
        }
    }

    /// <summary>One thread, for a pinned dispatcher.</summary>
    internal sealed class SingleThreadConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new DedicatedThreadsExecutor(
            id, 1,
            failure => Prerequisites.EventStream.Publish(new Event.Error(failure, id, typeof(DedicatedThreadsExecutor), failure.Message)));
    }
}
