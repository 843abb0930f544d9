using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched why NAME</c>: why a task is as it is, or why a framework is not offered something.</summary>
internal static class WhyCommand
{
    internal static Command Create()
    {
        var name = new Argument<string>("TASK|FRAMEWORK") { Description = "Id of a task or framework, a unique prefix of it, FRAMEWORK/TASK, or a framework's name." };
        var role = new Option<string?>("--role") { HelpName = "ROLE", Description = "One of the framework's roles. Default: all of them." };
        var size = new Option<string?>("--size") { HelpName = "RESOURCES", Description = "Resources that the framework needs, such as cpus:1;mem:128. Default: any." };
        var command = new Command("why", "Explain why a task is in its state, or why a framework gets no offers.") { name, role, size };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            WantedSize? wanted = parsed.GetValue(size) is { } text ? new WantedSize(Input.Valid(Quantities.Parse(text, "--size"))) : null;
            (FrameworkSummary? framework, FoundTask? task) = await Find(session, parsed.GetValue(name)!);
            if (framework is null && (parsed.GetValue(role) ?? parsed.GetValue(size)) is not null)
                throw new AschedException(ExitCode.Usage, $"--role and --size: are asked of frameworks, and {task} is a task; leave them out");
            var answer = new WhyAnswer(
                task is null ? null : await Of(session, task), framework is null ? null : await Of(session, framework, parsed.GetValue(role), wanted));
            answers.Say(answer, string.Join(Environment.NewLine, (answer.Task?.Says ?? []).Concat(answer.Framework?.Says ?? [])));
        });
    }

    private static async Task<(FrameworkSummary? Framework, FoundTask? Task)> Find(MastersSession session, string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return (null, await TaskLookup.One(session, name));
        IReadOnlyList<FrameworkSummary> frameworks = await TaskLookup.Frameworks(session);
        IReadOnlyList<FoundTask> live = await TaskLookup.All(session, prefix: name);
        // Those that have ended are many, and matter only when nothing has exactly this name.
        bool isExact = frameworks.Any(one => one.Id.Value == name || one.Info?.Name == name) || live.Any(one => one.Id.Value == name);
        return TaskLookup.FrameworkOrTask(frameworks, isExact ? live : [.. live, .. await TaskLookup.All(session, hasEnded: true, prefix: name)], name);
    }

    private static async Task<TaskWhy> Of(MastersSession session, FoundTask task)
    {
        AgentSummary? agent = (await TaskLookup.Agents(session)).FirstOrDefault(one => one.Info.Id == task.Summary.AgentId);
        return new TaskWhy(task, agent, TaskText.Why(task, agent, TimeProvider.System.GetUtcNow()));
    }

    private static async Task<FrameworkWhy> Of(MastersSession session, FrameworkSummary framework, string? role, WantedSize? size)
    {
        var book = await session.AskFramework<FrameworkSnapshot>(new GetFramework(framework.Id, Count: MastersSession.PageSize));
        IReadOnlyList<Offer> offers = await TaskLookup.Offers(session, framework.Id);
        if (role is not null && framework.Info is { } info && !info.Roles.Contains(role))
            throw new AschedException(ExitCode.Refused, $"--role: the framework does not have role '{role}'; it has {string.Join(", ", info.Roles)}");
        var roles = new List<(string Role, OffersExplained Explained)>();
        foreach (string one in role is null ? framework.Info?.Roles ?? [] : [role])
            roles.Add((one, await session.AskAllocator<OffersExplained>(new ExplainOffers(framework.Id, one, size))));
        return new FrameworkWhy(
            framework, book.IsConnected, book.DisconnectedSince, book.Live, book.Unacknowledged, offers,
            roles.ToDictionary(static one => one.Role, static one => one.Explained), FrameworkText.Why(framework, book, offers, roles, TimeProvider.System.GetUtcNow()));
    }
}
