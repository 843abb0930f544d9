using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A dispatcher with one thread for one actor, for actors that block.</summary>
public sealed class PinnedDispatcher(
    MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime,
    ExecutorServiceFactory executorServiceFactory, TimeSpan shutdownTimeout)
    : Dispatcher(configurator, id, throughput, throughputDeadlineTime, executorServiceFactory, shutdownTimeout)
{
    private ActorCell? _owner;

    /// <exception cref="InvalidOperationException">The thread belongs to another actor already.</exception>
    public override void Attach(ActorCell cell)
    {
        var owner = Interlocked.CompareExchange(ref _owner, cell, null);
        if (owner is not null && owner != cell)
            throw new InvalidOperationException($"Cannot register to anyone but {owner.Self} on the pinned dispatcher [{Id}]");
        base.Attach(cell);
    }

    public override void Detach(ActorCell cell)
    {
        base.Detach(cell);
        Interlocked.CompareExchange(ref _owner, null, cell);
    }

    /// <summary>The thread ends with its one actor; the next actor has a dispatcher of its own.</summary>
    private protected override void ShutdownWhenEmpty() => Shutdown();
}
