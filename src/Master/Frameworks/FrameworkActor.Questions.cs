using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;

namespace ActorScheduler.Master.Frameworks;

/// <content>Questions that only the agent of a task can answer: passed on to it, which answers whoever asked.</content>
internal sealed partial class FrameworkActor
{
    private void Pass(ITaskQuestion question)
    {
        TaskEntry? task = _book.Find(question.TaskId);
        if ((question.AgentId ?? task?.AgentId) is not { } agent)
        {
            string reason = _book.Info is null ? $"framework '{_id}' is not known"
                : task is null ? $"'{question.TaskId}' is not known; name its agent if it ended long ago"
                : $"'{question.TaskId}' is not on an agent yet";
            Sender.Tell(new CommandRefused(Guid.Empty, RefusalKind.Unknown, new Problem("task_id", reason)));
        }
        else if (AgentOf(agent) is { } actor)
            actor.Forward(question);
        else if (question.AgentId is not null)
            _allocator.Forward(question);
        else
            Sender.Tell(new CommandRefused(Guid.Empty, RefusalKind.Unavailable, new Problem("agent_id", $"agent '{agent}' does not answer now")));
    }
}
