using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work on .NET's shared pool of threads: what the default dispatcher does.</summary>
internal sealed class ThreadPoolExecutor(string id) : ExecutorService(id)
{
    // Work that was caused by a message stays near its cause: on the same core, while the caches are warm.
    public override void Execute(IRunnable run) => Queue(run, preferLocal: true);

    internal override void ExecuteLast(IRunnable run) => Queue(run, preferLocal: false);

    public override void Shutdown()
    {
    }

    private static void Queue(IRunnable run, bool preferLocal)
    {
        if (run is IThreadPoolWorkItem item) ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal);
        else ThreadPool.UnsafeQueueUserWorkItem(static work => work.Run(), run, preferLocal);
    }

    internal sealed class Configurator(Config config, IDispatcherPrerequisites prerequisites)
        : ExecutorServiceConfigurator(config, prerequisites)
    {
        public override ExecutorService Produce(string id) => new ThreadPoolExecutor(id);
    }
}
