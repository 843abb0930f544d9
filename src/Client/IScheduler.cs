using ActorScheduler.Model;

namespace ActorScheduler.Client;

/// <summary>A framework by callbacks, called one after another. What throws ends <see cref="SchedulerRunner.RunAsync"/>.</summary>
public interface IScheduler
{
    /// <summary>The session began.</summary>
    Task SubscribedAsync(FrameworkSession session) => Task.CompletedTask;

    /// <summary>Resources that may be used. An offer that is neither used nor declined when this returns is declined.</summary>
    /// <param name="session">The session.</param>
    /// <param name="offer">The offer.</param>
    /// <returns>Whether the offer was answered, or is kept to be answered later.</returns>
    Task<bool> OfferedAsync(FrameworkSession session, Offer offer);

    /// <summary>A task has a new state. It is acknowledged when this returns.</summary>
    Task UpdatedAsync(FrameworkSession session, TaskStatus update);

    /// <summary>Whether it has nothing to run: then offers are suppressed until it is not so any more, looked at after each callback.</summary>
    bool IsIdle => false;
}
