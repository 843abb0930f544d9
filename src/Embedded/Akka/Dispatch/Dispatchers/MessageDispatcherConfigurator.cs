using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes the dispatcher of one configuration section. Named by HOCON, so constructed with (<see cref="Config"/>, <see cref="IDispatcherPrerequisites"/>).</summary>
public abstract class MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
{
    public Config Config { get; } = config;

    public IDispatcherPrerequisites Prerequisites { get; } = prerequisites;

    /// <summary>The dispatcher for one more actor: shared, or a new one a call where the type demands it.</summary>
    public abstract MessageDispatcher Dispatcher();

    protected ExecutorServiceConfigurator ConfigureExecutor()
    {
        var executor = Config.GetString("executor", "default-executor");
        return executor switch
        {
            null or "" or "default-executor" or "thread-pool-executor" => new ThreadPoolExecutor.Configurator(Config, Prerequisites),
            "fork-join-executor" => new DedicatedThreadsExecutor.Configurator(Config, Prerequisites),
            // Upstream schedules by priority in channels; the point, that it does not wait behind user work, holds here too.
            "channel-executor" => new DedicatedThreadsExecutor.Configurator(Config, Prerequisites),
            "task-executor" => new TaskExecutor.Configurator(Config, Prerequisites),
            "current-context-executor" => new TaskExecutor.CurrentContextConfigurator(Config, Prerequisites),
            _ => ConfiguredType.Create<ExecutorServiceConfigurator>(executor, $"executor of dispatcher [{Config.GetString("id")}]", Config, Prerequisites),
        };
    }

    private protected long? DeadlineTicks
    {
        get
        {
            var deadline = Config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero);
            return deadline <= TimeSpan.Zero ? null : (long)(deadline.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);
        }
    }
}
