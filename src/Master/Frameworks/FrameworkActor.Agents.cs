using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Actor;
using Akka.Event;

namespace ActorScheduler.Master.Frameworks;

/// <content>Agents: launches and kills to them, updates and standings from them; and what is told the scheduler of it.</content>
internal sealed partial class FrameworkActor
{
    private readonly Dictionary<AgentId, AgentStanding> _standings = [];
    private readonly Dictionary<AgentId, AgentQuestion> _questions = [];
    private readonly HashSet<AgentId> _asked = [];
    private readonly List<TaskQuestion> _open = [];
    private long _lastQuestion;

    private void ReceiveAgents()
    {
        Command<AgentStandingChanged>(changed =>
        {
            Meet(changed.Epoch);
            if (changed.Epoch == _epoch)
                Learn(changed.Standing);
        });
        Command<LaunchKept>(kept => Commit(_book.Uses.ContainsKey(kept.Number) ? [new UseSettled(kept.Number)] : [], static () => { }));
        Command<ConversionsMade>(made =>
        {
            if (_book.Uses.TryGetValue(made.Number, out PendingUse? use) && use.Granted is not null && Acceptance.Converted(use, made.Problem) is { Count: > 0 } told)
                Commit(new OperationsChanged(told), TellOperations);
        });
        Command<ReportUpdates>(Report);
        Command<TasksHeld>(Compare);
        Command<KillTask>(kill => InSession(kill, kill.RequestId, () => Kill(kill)));
        Command<StopTask>(Stop);
        Command<PreemptTask>(preempt => End(preempt.TaskId, grace: null, TaskReason.ContainerPreempted, static () => { }));
        Command<ShutDownExecutor>(shutDown => InSession(shutDown, shutDown.RequestId, () =>
        {
            AgentOf(shutDown.AgentId)?.Tell(new EndExecutor(_id, shutDown.AgentId, shutDown.ExecutorId));
            Done(shutDown.RequestId);
        }));
        Command<ReconcileTasks>(reconcile => InSession(reconcile, reconcile.RequestId, () => Reconcile(reconcile)));
        Command<ReconcileOperations>(reconcile => InSession(reconcile, reconcile.RequestId, () => Reconcile(reconcile)));
        Command<DeliverFromExecutor>(message => ToScheduler(session => new ReceivedFromExecutor(_id, session, message.AgentId, message.ExecutorId, message.Data)));
        Command<ExecutorExited>(exited => ToScheduler(session => new FailureReported(_id, session, exited.AgentId, exited.ExecutorId, exited.ExitCode)));
    }

    private IActorRef? AgentOf(AgentId id) => _standings.GetValueOrDefault(id)?.Agent;

    private void Learn(AgentStanding standing)
    {
        AgentStanding? before = _standings.GetValueOrDefault(standing.AgentId);
        _standings[standing.AgentId] = standing;
        if (standing.State == AgentState.Registered)
        {
            // The same registration says nothing new; another one means that its process, or the allocator, began anew.
            if (before is not { State: AgentState.Registered } || before.Registration != standing.Registration || !Equals(before.Agent, standing.Agent))
                Ask(standing.AgentId, standing.Agent!);
            return;
        }
        _questions.Remove(standing.AgentId);
        IReadOnlyList<TaskUpdate> news = AgentNews.Stand(_book, standing, Now);
        if (news.Count == 0)
            return;
        Log.Info("Agent {AgentId} is {State}: the state of {Tasks} tasks of framework {FrameworkId} was updated", standing.AgentId, standing.State, news.Count, _id);
        Commit(new StatusesChanged(news), () =>
        {
            if (standing.State == AgentState.Gone)
                ToScheduler(session => new FailureReported(_id, session, standing.AgentId, ExecutorId: null, ExitCode: null));
            TellUpdates(news);
        });
    }

    /// <summary>
    /// Asks an agent for all it has. What is on its way to it arrives before the question and is in the answer. While there is no
    /// answer it is asked again, after a pause that grows.
    /// </summary>
    private void Ask(AgentId agent, IActorRef actor, TimeSpan? pause = null)
    {
        HashSet<TaskId> expected = [.. _book.OnAgent(agent).Where(task => task.Use == 0 || !_book.Uses.ContainsKey(task.Use)).Select(static task => task.Info.Id)];
        _questions[agent] = new AgentQuestion(++_lastQuestion, actor, expected, pause ?? AgentQuestion.FirstPause) { At = _time.GetTimestamp() };
        actor.Tell(new AskForTasks(_id, agent, _lastQuestion));
    }

    private void AskAgentsAgain()
    {
        foreach ((AgentId agent, AgentQuestion question) in _questions.Where(question => _time.GetElapsedTime(question.Value.At) >= question.Value.Pause).ToArray())
            Ask(agent, question.Actor, Longer(question.Pause));
    }

    /// <summary>Each page is dealt with when it comes, so that nothing of a long answer is kept here.</summary>
    private void Compare(TasksHeld held)
    {
        if (!_questions.TryGetValue(held.AgentId, out AgentQuestion? question) || question.Number != held.Question)
            return;
        if (held.Page != question.NextPage)
        {
            Log.Warning("Agent {AgentId} told framework {FrameworkId} page {Page} of its tasks instead of {NextPage}: it is asked again", held.AgentId, _id, held.Page, question.NextPage);
            Ask(held.AgentId, question.Actor, question.Pause);
            return;
        }
        (question.NextPage, question.At) = (held.Page + 1, _time.GetTimestamp());
        question.Expected.ExceptWith(held.Tasks.Select(static task => task.Task.Id));
        if (held.IsLast)
            _questions.Remove(held.AgentId);
        AgentNews.Held found = AgentNews.Compare(_book, held, question.Expected, Now);
        foreach (TaskAdopted adopted in found.Facts.OfType<TaskAdopted>())
            Log.Warning("Task {TaskId} of framework {FrameworkId} runs on agent {AgentId} but was unknown; it is adopted", adopted.Task.Id, _id, held.AgentId);
        Commit(found.Facts, () =>
        {
            EndThere(held.AgentId, held.Agent, found.ToEnd);
            if (!held.IsLast)
                return;
            EndWhatIsWanted(held.AgentId);
            TellAllUpdates();
        });
    }

    private void Report(ReportUpdates reports)
    {
        AgentNews.Reports judged = AgentNews.Judge(_book, reports);
        IActorRef agent = Sender.IsNobody() ? reports.Agent : Sender;
        if (judged.HasStrangers && !_questions.ContainsKey(reports.AgentId))
            Ask(reports.AgentId, reports.Agent);
        Commit(judged.News.Count == 0 ? [] : [new StatusesChanged(judged.News)], () =>
        {
            EndThere(reports.AgentId, reports.Agent, judged.ToEnd);
            if (judged.Kept.Count > 0)
                agent.Tell(new UpdatesKept(_id, reports.AgentId, judged.Kept));
            TellUpdates(judged.News);
        });
    }

    private void EndThere(AgentId agent, IActorRef actor, IEnumerable<TaskId> tasks)
    {
        foreach (TaskId task in tasks.Distinct())
        {
            Log.Warning("Task {TaskId} of framework {FrameworkId} runs on agent {AgentId}, but has ended or runs elsewhere; it is killed there", task, _id, agent);
            actor.Tell(new EndTask(_id, agent, task, GracePeriod: null, Reason: null));
        }
    }

    private void Launch(PendingUse use)
    {
        if (Acceptance.Launch(_book, use) is not { } launch)
        {
            Commit(new UseSettled(use.Accepted.Number), static () => { });
            return;
        }
        AgentOf(launch.AgentId)?.Tell(launch);
        foreach (TaskLaunch task in launch.Tasks)
        {
            if (_book.Tasks.GetValueOrDefault(task.Task.Id)?.Kill is { } kill)
                AgentOf(launch.AgentId)?.Tell(new EndTask(_id, launch.AgentId, kill.TaskId, kill.GracePeriod, kill.Reason));
        }
    }

    private void Kill(KillTask kill)
    {
        IActorRef sender = Sender;
        if (_book.Tasks.TryGetValue(kill.TaskId, out TaskEntry? task) && !task.HasEnded)
        {
            End(kill.TaskId, kill.GracePeriod, reason: null, () => sender.Tell(new CommandDone(kill.RequestId)));
            return;
        }
        // What is not known is answered like a question.
        Answer(Reconciliation.Answer(_book, [new TaskQuestion(kill.TaskId)], _standings, Now));
        Done(kill.RequestId);
    }

    private void Stop(StopTask stop)
    {
        IActorRef sender = Sender;
        if (_book.Info is null)
            Refuse(stop.RequestId, RefusalKind.Unknown, new Problem("framework_id", $"'{_id}' is not known"));
        else if (!_book.Tasks.TryGetValue(stop.TaskId, out TaskEntry? task))
            Refuse(stop.RequestId, RefusalKind.Unknown, new Problem("task_id", $"'{stop.TaskId}' is not known"));
        else if (task.HasEnded)
            Refuse(stop.RequestId, RefusalKind.Conflict, new Problem("task_id", $"'{stop.TaskId}' has ended"));
        else
            End(stop.TaskId, stop.GracePeriod, reason: null, () => sender.Tell(new CommandDone(stop.RequestId)));
    }

    private void End(TaskId id, TimeSpan? grace, TaskReason? reason, Action then)
    {
        if (!_book.Tasks.TryGetValue(id, out TaskEntry? task) || task.HasEnded)
            return;
        Commit(new KillRequested(id, grace, reason), () =>
        {
            then();
            if (task.AgentId is { } agent)
                AgentOf(agent)?.Tell(new EndTask(_id, agent, id, grace, reason));
        });
    }

    private void EndWhatIsWanted(AgentId? only)
    {
        IEnumerable<TaskEntry> tasks = only is { } one ? _book.OnAgent(one) : _book.Tasks.Values;
        foreach (TaskEntry task in tasks.Where(static task => task is { Kill: not null, HasEnded: false }))
        {
            if (task.AgentId is { } agent && _standings.GetValueOrDefault(agent) is { State: AgentState.Registered, Agent: { } actor })
                actor.Tell(new EndTask(_id, agent, task.Info.Id, task.Kill!.GracePeriod, task.Kill.Reason));
        }
    }

    private void Reconcile(ReconcileTasks reconcile)
    {
        // How agents stand that only the scheduler names is the allocator's to say; those questions wait for it.
        TaskQuestion[] strangers = [.. reconcile.Tasks.Where(question =>
            question.AgentId is { } agent && _book.Find(question.TaskId) is null && !_standings.ContainsKey(agent))];
        if (strangers.Length < reconcile.Tasks.Count || reconcile.Tasks.Count == 0)
            Answer(Reconciliation.Answer(_book, [.. reconcile.Tasks.Except(strangers)], _standings, Now));
        if (strangers.Length > 0)
        {
            _open.AddRange(strangers);
            _asked.UnionWith(strangers.Select(static question => question.AgentId!.Value));
            Register();
        }
        Done(reconcile.RequestId);
    }

    /// <summary>Tells what is so, once all of that is durable.</summary>
    private void Answer(IReadOnlyList<TaskUpdate> answers) => Commit([], () => Tell(answers));

    private void AnswerQuestions()
    {
        if (_open.Count > 0)
            Answer(Reconciliation.Answer(_book, _open, _standings, Now));
        _open.Clear();
        _asked.Clear();
    }

    private void Reconcile(ReconcileOperations reconcile)
    {
        OperationStatus[] answers = reconcile.OperationIds.Count == 0
            ? [.. _book.Operations.Values]
            : [.. reconcile.OperationIds.Select(id => _book.Operations.GetValueOrDefault(id) ?? new OperationStatus(id, OperationState.Unknown))];
        Commit([], () => Tell(answers));
        Done(reconcile.RequestId);
    }
}
