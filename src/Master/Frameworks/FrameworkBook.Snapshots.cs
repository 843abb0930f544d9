using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>A framework's book at one moment, so that not all events have to be kept.</summary>
internal sealed record BookSnapshot(
    FrameworkId FrameworkId, FrameworkInfo? Info, IReadOnlyList<string> SuppressedRoles, Guid? Session, DateTimeOffset? DisconnectedSince,
    FrameworkRemoved? Removed, long LastUse, IReadOnlyList<TaskRecord> Tasks, IReadOnlyList<TaskRecord> Completed, IReadOnlyList<UseRecord> Uses,
    IReadOnlyList<OperationStatus> Operations, IReadOnlyList<Guid> Requests) : IMasterEvent;

/// <summary>A task in a snapshot.</summary>
internal sealed record TaskRecord(
    TaskInfo Info, long Use, TaskUpdate Status, AgentId? AgentId, string? Role, IReadOnlyList<TaskUpdate> Unacknowledged, KillRequested? Kill);

/// <summary>A use of offers in a snapshot.</summary>
internal sealed record UseRecord(OffersAccepted Accepted, UseGranted? Granted);

/// <content>Snapshots.</content>
internal sealed partial class FrameworkBook
{
    /// <summary>All of it.</summary>
    public BookSnapshot TakeSnapshot() => new(
        Id, Info, SuppressedRoles, Session, DisconnectedSince, Removed, LastUse, [.. _tasks.Values.Select(Record)],
        [.. _completedOrder.Where(_completed.ContainsKey).Select(id => Record(_completed[id]))],
        [.. _uses.Values.Select(static use => new UseRecord(use.Accepted, use.Granted))], [.. _operations.Values], [.. _requestOrder]);

    /// <summary>Puts an empty book where a snapshot was.</summary>
    public void Restore(BookSnapshot snapshot)
    {
        (Info, SuppressedRoles, Session) = (snapshot.Info, snapshot.SuppressedRoles, snapshot.Session);
        (DisconnectedSince, Removed, LastUse) = (snapshot.DisconnectedSince, snapshot.Removed, snapshot.LastUse);
        foreach (TaskRecord record in snapshot.Tasks)
        {
            TaskEntry entry = _tasks[record.Info.Id] = Entry(record);
            if (!entry.HasEnded)
                Place(entry);
            if (record.Unacknowledged.Count > 0)
                _unacknowledged.Add(record.Info.Id);
        }
        Live = _tasks.Values.Count(static task => !task.HasEnded);
        foreach (TaskRecord record in snapshot.Completed)
        {
            _completed[record.Info.Id] = Entry(record);
            _completedOrder.Enqueue(record.Info.Id);
        }
        foreach (UseRecord use in snapshot.Uses)
            _uses[use.Accepted.Number] = new PendingUse(use.Accepted) { Granted = use.Granted };
        foreach (OperationStatus operation in snapshot.Operations)
            _operations[operation.Id] = operation;
        foreach (Guid request in snapshot.Requests)
            Remember(request);
    }

    private static TaskRecord Record(TaskEntry task) => new(
        task.Info, task.Use, task.Status, task.AgentId, task.Role, [.. task.Unacknowledged], task.Kill);

    private static TaskEntry Entry(TaskRecord record)
    {
        var entry = new TaskEntry(record.Info, record.Use, record.Status) { AgentId = record.AgentId, Role = record.Role, Kill = record.Kill };
        foreach (TaskUpdate status in record.Unacknowledged)
            entry.Unacknowledged.Enqueue(status);
        return entry;
    }
}
