using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Finds what people name: a task by its id, by the beginning of it, or as <c>FRAMEWORK/TASK</c>; a framework by id, beginning or
/// name; an agent by id, beginning or host. An exact name stands over beginnings, what runs over what has ended or is gone.
/// </summary>
internal static class TaskLookup
{
    private const int MostListed = 10;

    /// <summary>The one task of a name.</summary>
    /// <exception cref="AschedException">There is none, or more than one; then the sentence lists them.</exception>
    internal static async Task<FoundTask> One(MastersSession session, string name)
    {
        (string framework, string task) = Split(name);
        foreach (bool hasEnded in (bool[])[false, true])
        {
            if (Best(await All(session, framework, hasEnded, task), task, static found => found.Id.Value, "TASK", name) is { } one)
                return one;
        }
        throw new AschedException(ExitCode.Refused, $"TASK: there is no task '{name}'; 'asched task list' lists them, with --completed those that have ended");
    }

    /// <summary>Tasks of all frameworks, or of those that a name fits.</summary>
    /// <param name="session">Who is asked.</param>
    /// <param name="framework">A framework's id, beginning or name; empty for all.</param>
    /// <param name="hasEnded">Tasks that have ended, instead of the others.</param>
    /// <param name="prefix">Only tasks whose ids begin so.</param>
    /// <param name="agent">Only tasks of this agent.</param>
    internal static async Task<IReadOnlyList<FoundTask>> All(MastersSession session, string framework = "", bool hasEnded = false, string? prefix = null, AgentId? agent = null)
    {
        var all = new List<FoundTask>();
        IReadOnlyList<FrameworkSummary> known = await Frameworks(session);
        if (framework.Length > 0 && known.Any(one => Fits(one, framework) && one.Id.Value == framework))
            known = [.. known.Where(one => one.Id.Value == framework)];
        foreach (FrameworkSummary one in known.Where(one => framework.Length == 0 || Fits(one, framework)))
        {
            IReadOnlyList<TaskSummary> tasks = await MastersSession.AllPages<TaskSummary>(async last =>
            {
                var page = await session.AskFramework<FrameworkSnapshot>(new GetFramework(one.Id, last?.Task.Id, MastersSession.PageSize, hasEnded, prefix, agent));
                return (page.Tasks, page.HasMore);
            });
            all.AddRange(tasks.Select(task => new FoundTask(one.Id, one.Info?.Name ?? "", task, hasEnded || task.Status.State.IsTerminal())));
        }
        return all;
    }

    /// <summary>The one framework of a name.</summary>
    /// <exception cref="AschedException">There is none, or more than one.</exception>
    internal static async Task<FrameworkSummary> Framework(MastersSession session, string name)
    {
        IReadOnlyList<FrameworkSummary> known = await Frameworks(session);
        FrameworkSummary[] named = [.. known.Where(one => one.Info?.Name == name)];
        if (named.Length > 1 && known.All(one => one.Id.Value != name))
            throw Several("FRAMEWORK", name, [.. named.Select(static one => one.Id.Value)]);
        return (named is [var only] ? only : null)
            ?? Best(known, name, static one => one.Id.Value, "FRAMEWORK", name)
            ?? throw new AschedException(ExitCode.Refused, $"FRAMEWORK: there is none of the id or name '{name}'; 'asched framework list' lists them");
    }

    /// <summary>The one agent of a name: its id, the beginning of it, or its host.</summary>
    /// <exception cref="AschedException">There is none, or more than one.</exception>
    internal static async Task<AgentSummary> Agent(MastersSession session, string name)
    {
        IReadOnlyList<AgentSummary> all = await Agents(session), there = [.. all.Where(static one => one.State != AgentState.Gone)];
        return all.FirstOrDefault(one => one.Info.Id.Value == name)
            ?? AgentAmong(there, name) ?? AgentAmong(all, name)
            ?? throw new AschedException(ExitCode.Refused, $"AGENT: there is none of the id or host '{name}'; 'asched agent list' lists them");
    }

    /// <summary>All agents in the order of their ids.</summary>
    internal static Task<IReadOnlyList<AgentSummary>> Agents(MastersSession session) => MastersSession.AllPages<AgentSummary>(async last =>
    {
        var page = await session.AskAllocator<AgentsSnapshot>(new GetAgents(last?.Info.Id, MastersSession.PageSize));
        return (page.Agents, page.HasMore);
    });

    /// <summary>All frameworks in the order of their ids.</summary>
    internal static Task<IReadOnlyList<FrameworkSummary>> Frameworks(MastersSession session) => MastersSession.AllPages<FrameworkSummary>(async last =>
    {
        var page = await session.AskAllocator<FrameworksSnapshot>(new GetFrameworks(last?.Id, MastersSession.PageSize));
        return (page.Frameworks, page.HasMore);
    });

    /// <summary>All open offers in the order of their ids, or those of one framework.</summary>
    internal static Task<IReadOnlyList<Offer>> Offers(MastersSession session, FrameworkId? framework = null) => MastersSession.AllPages<Offer>(async last =>
    {
        var page = await session.AskAllocator<OffersSnapshot>(new GetOffers(last?.Id, MastersSession.PageSize, framework));
        return (page.Offers, page.HasMore);
    });

    /// <summary>
    /// What a name means that may be a framework's or a task's: what has exactly this name stands over what begins so, what runs
    /// over what has ended. It may be one of each.
    /// </summary>
    /// <exception cref="AschedException">There is none, or more than one framework or task.</exception>
    internal static (FrameworkSummary? Framework, FoundTask? Task) FrameworkOrTask(
        IReadOnlyList<FrameworkSummary> frameworks, IReadOnlyList<FoundTask> tasks, string name)
    {
        ILookup<bool, FoundTask> exact = tasks.Where(one => one.Id.Value == name).ToLookup(static one => one.HasEnded);
        ILookup<bool, FoundTask> begun = tasks.Where(one => one.Id.Value.StartsWith(name, StringComparison.Ordinal)).ToLookup(static one => one.HasEnded);
        (FrameworkSummary[] Frameworks, FoundTask[] Tasks)[] choices =
        [
            ([.. frameworks.Where(one => one.Id.Value == name || one.Info?.Name == name)], [.. exact[false]]),
            ([], [.. exact[true]]),
            ([.. frameworks.Where(one => one.Id.Value.StartsWith(name, StringComparison.Ordinal))], [.. begun[false]]),
            ([], [.. begun[true]]),
        ];
        (FrameworkSummary[] named, FoundTask[] meant) = choices.FirstOrDefault(static choice => choice.Frameworks.Length + choice.Tasks.Length > 0, ([], []));
        if (named.Length == 0 && meant.Length == 0)
            throw new AschedException(ExitCode.Refused, $"NAME: there is no framework or task '{name}'; 'asched framework list' and 'asched task list' list them");
        if (named.Length > 1 || meant.Length > 1)
            throw Several("NAME", name, [.. named.Select(static one => $"framework {FrameworkText.Name(one)}"), .. meant.Select(static one => $"task {one}")]);
        return (named.FirstOrDefault(), meant.FirstOrDefault());
    }

    /// <summary>The item that a name means: the one of exactly this name, else the only one that begins so; null for none.</summary>
    /// <exception cref="AschedException">Several are meant.</exception>
    internal static T? Best<T>(IReadOnlyList<T> items, string name, Func<T, string> nameOf, string argument, string written)
        where T : class
    {
        T[] fits = [.. items.Where(item => nameOf(item) == name)];
        if (fits.Length == 0)
            fits = [.. items.Where(item => name.Length > 0 && nameOf(item).StartsWith(name, StringComparison.Ordinal))];
        if (fits.Length < 2)
            return fits.FirstOrDefault();
        throw Several(argument, written, [.. fits.Select(item => item is FoundTask ? $"{item}" : nameOf(item))]);
    }

    private static AgentSummary? AgentAmong(IReadOnlyList<AgentSummary> agents, string name) =>
        agents.Where(one => one.Info.Hostname == name).ToArray() is [var only] ? only : Best(agents, name, static one => one.Info.Id.Value, "AGENT", name);

    private static AschedException Several(string argument, string written, IReadOnlyList<string> names) => new(
        ExitCode.Refused,
        $"{argument}: '{written}' could be {string.Join(", ", names.Take(MostListed))}{(names.Count > MostListed ? $" or {names.Count - MostListed} more" : "")}");

    private static (string Framework, string Task) Split(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (name[..slash], name[(slash + 1)..]) : ("", name);

    private static bool Fits(FrameworkSummary framework, string name) =>
        framework.Id.Value.StartsWith(name, StringComparison.Ordinal) || framework.Info?.Name == name;
}
