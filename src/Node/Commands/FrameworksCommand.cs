using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using static ActorScheduler.Node.Operators.MastersSession;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched frameworks</c>: who runs tasks here.</summary>
internal static class FrameworksCommand
{
    internal static Command Create() => MastersFlags.Add(new Command("frameworks", "List frameworks."), async static (session, answers, _) =>
    {
        IReadOnlyList<FrameworkSummary> frameworks = await AllPages<FrameworkSummary>(async last =>
        {
            var page = await session.AskAllocator<FrameworksSnapshot>(new GetFrameworks(last?.Id, PageSize));
            return (page.Frameworks, page.HasMore);
        });
        answers.Table(
            frameworks,
            ("FRAMEWORK", static framework => framework.Id.Value),
            ("NAME", static framework => framework.Info?.Name ?? "?"),
            ("ROLES", static framework => framework.Info is { } info ? string.Join(',', info.Roles) : "?"),
            ("ACTIVE", static framework => framework.IsActive ? "yes" : "no"),
            ("TASKS", static framework => $"{framework.Tasks}"),
            ("CPUS", static framework => FixedPoint.Format(framework.Used.PlainCpus)),
            ("MEM MIB", static framework => FixedPoint.Format(framework.Used.PlainMem)),
            ("OFFERED CPUS", static framework => FixedPoint.Format(framework.Offered.PlainCpus)));
    });
}
