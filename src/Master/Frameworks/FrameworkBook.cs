using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Frameworks;

/// <summary>
/// All that is durable of one framework: what the events so far amount to. Applying the same events gives the same book. It
/// decides nothing.
/// </summary>
internal sealed partial class FrameworkBook(FrameworkId id, BookLimits limits)
{
    private readonly Dictionary<TaskId, TaskEntry> _tasks = [];
    private readonly Dictionary<TaskId, TaskEntry> _completed = [];
    private readonly Queue<TaskId> _completedOrder = new();
    private readonly HashSet<TaskId> _unacknowledged = [];
    private readonly Dictionary<AgentId, HashSet<TaskEntry>> _byAgent = [];
    private readonly SortedDictionary<long, PendingUse> _uses = [];
    private readonly Dictionary<OperationId, OperationStatus> _operations = [];
    private readonly HashSet<Guid> _requests = [];
    private readonly Queue<Guid> _requestOrder = new();

    /// <summary>Whose book.</summary>
    public FrameworkId Id { get; } = id;

    /// <summary>What it says of itself; null before it has ever subscribed.</summary>
    public FrameworkInfo? Info { get; private set; }

    /// <summary>Roles it does not want offers in.</summary>
    public IReadOnlyList<string> SuppressedRoles { get; private set; } = [];

    /// <summary>The latest session; null before the first.</summary>
    public Guid? Session { get; private set; }

    /// <summary>Since when its scheduler is not there; null while it is.</summary>
    public DateTimeOffset? DisconnectedSince { get; private set; }

    /// <summary>Set once it is removed.</summary>
    public FrameworkRemoved? Removed { get; private set; }

    /// <summary>Number of the latest use of offers.</summary>
    public long LastUse { get; private set; }

    /// <summary>Tasks that have not ended, or whose end is not acknowledged.</summary>
    public IReadOnlyDictionary<TaskId, TaskEntry> Tasks => _tasks;

    /// <summary>Those of the tasks that have updates which are not acknowledged.</summary>
    public IReadOnlyCollection<TaskId> Unacknowledged => _unacknowledged;

    /// <summary>Tasks that have ended and are acknowledged, as many as are kept.</summary>
    public IReadOnlyDictionary<TaskId, TaskEntry> Completed => _completed;

    /// <summary>Uses on their way, the oldest first.</summary>
    public IReadOnlyDictionary<long, PendingUse> Uses => _uses;

    /// <summary>Operations that have an id.</summary>
    public IReadOnlyDictionary<OperationId, OperationStatus> Operations => _operations;

    /// <summary>How many tasks have not ended.</summary>
    public int Live { get; private set; }

    /// <summary>Whether a request was carried out already, as far back as is remembered.</summary>
    public bool HasDone(Guid request) => _requests.Contains(request);

    /// <summary>A task that has not been forgotten, or null.</summary>
    public TaskEntry? Find(TaskId id) => _tasks.TryGetValue(id, out TaskEntry? task) || _completed.TryGetValue(id, out task) ? task : null;

    /// <summary>Agents that hold tasks which have not ended.</summary>
    public IReadOnlyCollection<AgentId> AgentsWithTasks => _byAgent.Keys;

    /// <summary>Tasks on an agent that have not ended.</summary>
    public IReadOnlyCollection<TaskEntry> OnAgent(AgentId agent) => _byAgent.TryGetValue(agent, out HashSet<TaskEntry>? tasks) ? tasks : [];

    /// <summary>Enters a fact.</summary>
    public void Apply(FrameworkEvent fact)
    {
        switch (fact)
        {
            case SchedulerSubscribed subscribed:
                (Info, SuppressedRoles, Session, DisconnectedSince) = (subscribed.Info, subscribed.SuppressedRoles, subscribed.Session, null);
                break;
            case FrameworkUpdated updated:
                (Info, SuppressedRoles) = (updated.Info, updated.SuppressedRoles);
                break;
            case SuppressionChanged changed:
                SuppressedRoles = changed.SuppressedRoles;
                break;
            case SchedulerLeft left:
                DisconnectedSince = left.At;
                break;
            case SchedulerReturned:
                DisconnectedSince = null;
                break;
            case FrameworkRemoved removed:
                Remove(removed);
                break;
            case KillRequested kill when _tasks.TryGetValue(kill.TaskId, out TaskEntry? task):
                task.Kill = kill;
                break;
            case UpdatesAcknowledged acknowledged:
                Acknowledge(acknowledged.Updates);
                break;
            default:
                ApplyWork(fact);
                break;
        }
    }

    private void ApplyWork(FrameworkEvent fact)
    {
        switch (fact)
        {
            case OffersAccepted accepted:
                Accept(accepted);
                break;
            case UseGranted granted:
                Grant(granted);
                break;
            case UseVoided voided:
                _uses.Remove(voided.Number);
                Change(voided.Statuses);
                Change(voided.Operations);
                break;
            case UseSettled settled:
                _uses.Remove(settled.Number);
                break;
            case StatusesChanged changed:
                Change(changed.Statuses);
                break;
            case OperationsChanged changed:
                Change(changed.Operations);
                break;
            case TaskAdopted adopted:
                Adopt(adopted);
                break;
        }
    }

    private void Remove(FrameworkRemoved removed)
    {
        Removed = removed;
        // Nobody is left to acknowledge.
        _unacknowledged.Clear();
        foreach (TaskEntry task in _tasks.Values.ToArray())
        {
            task.Unacknowledged.Clear();
            if (task.HasEnded)
                Complete(task);
        }
    }
}
