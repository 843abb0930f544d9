using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Makes the executor of a dispatcher.</summary>
public abstract class ExecutorServiceFactory
{
    public abstract ExecutorService Produce(string id);
}

/// <summary>A factory named by HOCON, constructed with (<see cref="Config"/>, <see cref="IDispatcherPrerequisites"/>).</summary>
public abstract class ExecutorServiceConfigurator(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceFactory
{
    public Config Config { get; } = config;

    public IDispatcherPrerequisites Prerequisites { get; } = prerequisites;
}
