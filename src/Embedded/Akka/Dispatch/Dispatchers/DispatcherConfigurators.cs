using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>One dispatcher for all actors that name its id.</summary>
internal sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Lazy<MessageDispatcher> _instance;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _instance = new Lazy<MessageDispatcher>(() => new Dispatcher(
            this, Config.GetString("id"), Config.GetInt("throughput", 30), DeadlineTicks, ConfigureExecutor(),
            Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1))));

    public override MessageDispatcher Dispatcher() => _instance.Value;
}

/// <summary>A dispatcher with a thread of its own for each actor that names its id.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new PinnedDispatcher(
        this, Config.GetString("id"), Config.GetInt("throughput", 30), DeadlineTicks,
        new DedicatedThreadsExecutor.SingleThreadConfigurator(Config, Prerequisites),
        Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));
}

/// <summary>A dispatcher on the synchronization context of whoever asks for it.</summary>
internal sealed class CurrentSynchronizationContextDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new CurrentSynchronizationContextDispatcher(
        this, Config.GetString("id"), Config.GetInt("throughput", 10), DeadlineTicks,
        new TaskExecutor.CurrentContextConfigurator(Config, Prerequisites),
        Config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1)));
}
