using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <content>Tasks, uses of offers and operations.</content>
internal sealed partial class FrameworkBook
{
    private void Accept(OffersAccepted accepted)
    {
        LastUse = accepted.Number;
        _uses[accepted.Number] = new PendingUse(accepted);
        Remember(accepted.RequestId);
        foreach (TaskInfo task in Acceptance.TasksOf(accepted.Operations))
        {
            _tasks[task.Id] = new TaskEntry(task, accepted.Number, new TaskUpdate(task.Id, TaskState.Staging, TaskSource.Master, Timestamp: accepted.At));
            Live++;
        }
        Change([.. accepted.Operations.Where(static operation => operation.Id is not null)
            .Select(static operation => new OperationStatus(operation.Id!.Value, OperationState.Pending))]);
    }

    private void Grant(UseGranted granted)
    {
        if (!_uses.TryGetValue(granted.Number, out PendingUse? use))
            return;
        use.Granted = granted;
        foreach (TaskInfo task in Acceptance.TasksOf(use.Accepted.Operations))
        {
            if (_tasks.TryGetValue(task.Id, out TaskEntry? entry))
            {
                (entry.AgentId, entry.Role) = (granted.AgentId, granted.Role);
                Place(entry);
            }
        }
        Change(granted.Statuses);
        Change(granted.Operations);
    }

    private void Adopt(TaskAdopted adopted)
    {
        var entry = new TaskEntry(adopted.Task, use: 0, adopted.Status) { AgentId = adopted.Status.AgentId, Role = adopted.Role };
        _tasks[adopted.Task.Id] = entry;
        if (!entry.HasEnded)
        {
            Live++;
            Place(entry);
        }
        Await(entry, adopted.Status);
    }

    private void Change(IReadOnlyList<TaskUpdate> statuses)
    {
        foreach (TaskUpdate status in statuses)
        {
            if (!_tasks.TryGetValue(status.TaskId, out TaskEntry? task))
                continue;
            bool endedBefore = task.HasEnded;
            task.Status = status;
            Await(task, status);
            if (!task.HasEnded || endedBefore)
                continue;
            Live--;
            Unplace(task);
            if (task.Unacknowledged.Count == 0)
                Complete(task);
        }
    }

    private void Change(IReadOnlyList<OperationStatus> operations)
    {
        foreach (OperationStatus operation in operations)
        {
            if (_operations.Count >= limits.Operations && !_operations.ContainsKey(operation.Id))
                _operations.Remove(_operations.First(static known => known.Value.State != OperationState.Pending).Key);
            _operations[operation.Id] = operation;
        }
    }

    private void Acknowledge(IReadOnlyList<UpdateKey> updates)
    {
        foreach (UpdateKey update in updates)
        {
            if (!_tasks.TryGetValue(update.TaskId, out TaskEntry? task) || !task.Unacknowledged.TryPeek(out TaskUpdate? next) || next.Uuid != update.Uuid)
                continue;
            task.Unacknowledged.Dequeue();
            if (task.Unacknowledged.Count == 0)
                _unacknowledged.Remove(update.TaskId);
            if (task.HasEnded && task.Unacknowledged.Count == 0)
                Complete(task);
        }
    }

    private void Place(TaskEntry task)
    {
        if (task.AgentId is not { } agent)
            return;
        if (!_byAgent.TryGetValue(agent, out HashSet<TaskEntry>? tasks))
            _byAgent[agent] = tasks = [];
        tasks.Add(task);
    }

    private void Unplace(TaskEntry task)
    {
        if (task.AgentId is { } agent && _byAgent.TryGetValue(agent, out HashSet<TaskEntry>? tasks) && tasks.Remove(task) && tasks.Count == 0)
            _byAgent.Remove(agent);
    }

    private void Await(TaskEntry task, TaskUpdate status)
    {
        if (status.Uuid is null || Removed is not null)
            return;
        task.Unacknowledged.Enqueue(status);
        _unacknowledged.Add(task.Info.Id);
    }

    private void Complete(TaskEntry task)
    {
        _tasks.Remove(task.Info.Id);
        _completed[task.Info.Id] = task;
        _completedOrder.Enqueue(task.Info.Id);
        while (_completedOrder.Count > limits.CompletedTasks)
            _completed.Remove(_completedOrder.Dequeue());
    }

    private void Remember(Guid request)
    {
        if (!_requests.Add(request))
            return;
        _requestOrder.Enqueue(request);
        while (_requestOrder.Count > limits.Requests)
            _requests.Remove(_requestOrder.Dequeue());
    }
}
