using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Client;

/// <summary>
/// A framework by callbacks, called one after another; what it does not care for it leaves out. What throws ends
/// <see cref="SchedulerRunner.RunAsync"/>.
/// </summary>
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
    Task UpdatedAsync(FrameworkSession session, TaskUpdate update);

    /// <summary>
    /// An agent is to go away, or stays after all. Answered with <see cref="FrameworkSession.AnswerInverseOffersAsync"/>; advisory:
    /// what still runs there when it goes is ended.
    /// </summary>
    Task LeaveRequestedAsync(FrameworkSession session, LeaveRequest request) => Task.CompletedTask;

    /// <summary>An executor ended, or an agent is gone, best effort: what became of tasks comes as updates.</summary>
    Task FailedAsync(FrameworkSession session, Failure failure) => Task.CompletedTask;

    /// <summary>An executor has sent bytes, best effort.</summary>
    Task MessageReceivedAsync(FrameworkSession session, ExecutorMessage message) => Task.CompletedTask;

    /// <summary>An operation that has an id has a new state.</summary>
    Task OperationUpdatedAsync(FrameworkSession session, OperationStatus operation) => Task.CompletedTask;

    /// <summary>Whether it has nothing to run: then offers are suppressed until it is not so any more, looked at after each callback.</summary>
    bool IsIdle => false;
}
