using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Master.Offers;

/// <summary>
/// Tasks that agents with too many for one message have announced, until the registration comes that they belong to. Pages count
/// from the first to the last in order: with any other nothing is kept, and the agent begins anew.
/// </summary>
internal sealed class AnnouncedTasks
{
    /// <summary>Most tasks of one agent. No host runs so many; what says so must not fill the allocator's memory.</summary>
    public const int MostTasks = 100_000;

    private readonly Dictionary<AgentId, Announced> _agents = [];

    /// <summary>How many agents are in the middle of it.</summary>
    public int Count => _agents.Count;

    /// <summary>Keeps a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="now">The allocator's clock.</param>
    public void Add(AnnounceTasks page, TimeSpan now)
    {
        _agents.Remove(page.AgentId, out Announced? before);
        if (page.Page == 0)
            before = new Announced(page.Incarnation, page.Statement, [], 0, now);
        if (before is null || before.Incarnation != page.Incarnation || before.Statement != page.Statement || before.Pages != page.Page)
            return;
        if (before.Tasks.Count + page.Tasks.Count > MostTasks)
            return;
        before.Tasks.AddRange(page.Tasks);
        _agents[page.AgentId] = before with { Pages = page.Page + 1, At = now };
    }

    /// <summary>A registration with all its tasks, or why they are not complete. Nothing of it is kept.</summary>
    public Result<RegisterAgent> Complete(RegisterAgent last)
    {
        _agents.Remove(last.AgentId, out Announced? announced);
        if (last.Pages == 0)
            return last;
        if (announced is null || announced.Incarnation != last.Incarnation || announced.Statement != last.Statement || announced.Pages != last.Pages)
            return new Problem("tasks", $"of {last.Pages + 1} pages some were lost, or there are more than {MostTasks} tasks");
        announced.Tasks.AddRange(last.Tasks);
        return last with { Tasks = announced.Tasks };
    }

    /// <summary>Forgets what nobody has gone on with since a time.</summary>
    public void Forget(TimeSpan since)
    {
        foreach (AgentId agent in _agents.Where(announced => announced.Value.At < since).Select(static announced => announced.Key).ToArray())
            _agents.Remove(agent);
    }

    private sealed record Announced(Guid Incarnation, long Statement, List<HeldTask> Tasks, int Pages, TimeSpan At);
}
