using ActorScheduler.Agent.Checkpoints;
using ActorScheduler.Agent.Executors;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Agent;

/// <content>Frameworks: launches, kills, questions.</content>
internal sealed partial class AgentActor
{
    private readonly RecentLaunches _launches = new();
    private long _unreadMessages;

    private void ReceiveFrameworks()
    {
        Receive<LaunchTasks>(Launch);
        Receive<EndTask>(end => EndTask(new TaskKey(end.FrameworkId, end.TaskId), new Stop(end.GracePeriod, end.Reason)));
        Receive<EndExecutor>(end => EndAll(
            task => task.Framework.Id == end.FrameworkId && task.Launch.Task.Executor?.Id == end.ExecutorId, new Stop(null, null)));
        Receive<EndFramework>(end => EndAll(task => task.Framework.Id == end.FrameworkId, new Stop(null, TaskReason.FrameworkRemoved)));
        Receive<AskForTasks>(Answer);
        Receive<DeliverToExecutor>(Deliver);
        ReceiveUpdates();
    }

    private void Launch(LaunchTasks launch)
    {
        // While it registers nothing is taken: the framework sends it again, and then it is clear whether the grant holds.
        if (launch.AgentId != Id || !IsRegistered || _isLeaving || IsAhead(launch))
            return;
        FrameworkId framework = launch.Framework.Id;
        var use = new UseKey(framework, launch.Number);
        LaunchOutcome? outcome = null;
        if (!_launches.TryGet(use, out Problem? conversion))
        {
            if (launch.Epoch == _epoch && launch.Registration == _registration)
            {
                outcome = _book.Launch(launch, WhyNot, static () => Guid.NewGuid().ToString("N"), Now, task => ContainerizerFor(task)?.Name);
                conversion = outcome.Conversion;
                foreach (Problem problem in outcome.Problems)
                    _log.Warning("Agent {AgentId} rejected tasks of framework {FrameworkId}: {Problem}", Id, framework, problem);
            }
            else
            {
                // The present allocator never heard of it, so nothing is to be released.
                string message = $"Its offer was made in epoch {launch.Epoch}, before the agent registered anew";
                conversion = launch.Conversions.Count == 0 || _book.HasConverted(use) ? null : new Problem("registration", message);
                _book.Drop(launch, TaskReason.InvalidOffers, message, Now);
            }
            _launches.Add(use, conversion);
        }
        int generation = _generation;
        Commit(() =>
        {
            if (launch.Conversions.Count > 0)
                _masters.Send(new ConversionsMade(framework, Id, launch.Number, conversion), Self);
            _masters.Send(new LaunchKept(framework, Id, launch.Number), Self);
            if (outcome is { Conversion: null } && launch.Conversions.Count > 0)
                DestroyVolumes(launch.Conversions.Select(static made => (made.Consumed, made.Converted)));
            if (outcome is not null)
                Follow(outcome, generation);
            Report(framework);
        });
    }

    /// <summary>Whether it was granted under a registration whose answer is still on its way here.</summary>
    private bool IsAhead(LaunchTasks launch) =>
        launch.Epoch > _epoch || (launch.Epoch == _epoch && launch.Registration > _registration);

    private void Follow(LaunchOutcome outcome, int generation)
    {
        foreach (TaskKey key in outcome.Started)
        {
            if (_book.Tasks.TryGetValue(key, out KeptTask? task))
                Execute(task, isNew: true);
        }
        foreach (EndedTask task in outcome.Refused)
            _releases.Add(generation, task, null);
        foreach (EndedExecutor executor in outcome.Executors)
            _releases.Add(generation, null, executor);
        SendReleases();
        // The allocator's book has what this agent has not: it is told what there is.
        if (outcome.Conversion is not null && IsRegistered)
            Refresh();
    }

    private void EndTask(TaskKey key, Stop stop)
    {
        if (!_book.WantEnd(key, stop))
            return;
        // The wish is kept, so that it holds when the process or the actor begins anew, but need not be before it is granted.
        if (_assignments.TryGetValue(key, out Assignment? assignment))
        {
            assignment.Stop = _book.Tasks[key].End;
            assignment.Actor?.Tell(assignment.Stop!);
        }
        TellWhyNotYet(_book.Tasks[key], assignment);
        Flush();
    }

    private void EndAll(Func<KeptTask, bool> which, Stop stop)
    {
        foreach (KeptTask task in _book.Live.Where(which).ToArray())
            EndTask(task.Key, stop);
    }

    /// <summary>
    /// Executors here are the agent's own and read no messages, as those of Mesos that run commands do not. Simulated ones send back
    /// what they get, so that frameworks can be tried.
    /// </summary>
    private void Deliver(DeliverToExecutor message)
    {
        if (_assignments.Values.Any(assignment => assignment.Containers.IsSimulated && assignment.Order.FrameworkId == message.FrameworkId
            && (assignment.Order.Task.Executor?.Id.Value ?? assignment.Order.Task.Id.Value) == message.ExecutorId.Value))
        {
            _masters.Send(new DeliverFromExecutor(message.FrameworkId, Id, message.ExecutorId, message.Data), Self);
            return;
        }
        // A framework that sends many is told of in ever fewer lines.
        if (long.IsPow2(++_unreadMessages))
        {
            _log.Warning(
                "Agent {AgentId} dropped {Count} messages to executors, the latest of framework {FrameworkId} to {ExecutorId}: executors here read none, or it does not run",
                Id, _unreadMessages, message.FrameworkId, message.ExecutorId);
        }
    }

    /// <summary>What was launched before the question is in the answer, which is given when that is durable.</summary>
    private void Answer(AskForTasks ask)
    {
        IReadOnlyList<IReadOnlyList<TaskOnAgent>> pages = Pages.Of<TaskOnAgent>(
        [
            .. _book.Tasks.Values.Where(task => task.Framework.Id == ask.FrameworkId).Select(static task => new TaskOnAgent(task.Launch.Task, task.Role, task.Status)),
        ]);
        Commit(() =>
        {
            for (int page = 0; page < pages.Count; page++)
                _masters.Send(new TasksHeld(ask.FrameworkId, Id, Self, ask.Question, pages[page], page, IsLast: page == pages.Count - 1), Self);
        });
    }
}
