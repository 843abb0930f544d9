using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched framework list</c>: who runs tasks here.</summary>
internal static class FrameworkListCommand
{
    internal static Command Create() => Of(new Command("list", "List frameworks with the resources that they use and are offered."));

    internal static Command Short() => Of(new Command("frameworks", "Short for 'framework list'."));

    private static Command Of(Command command) => MastersFlags.Add(command, async static (session, answers, _) =>
    {
        IReadOnlyList<FrameworkSummary> frameworks = await TaskLookup.Frameworks(session);
        var ids = new ShortIds(frameworks.Select(static framework => framework.Id.Value));
        answers.Table(
            frameworks,
            ("FRAMEWORK", framework => ids.Of(framework.Id.Value)),
            ("NAME", static framework => framework.Info?.Name ?? "?"),
            ("ROLES", static framework => framework.Info is { } info ? string.Join(',', info.Roles) : "?"),
            ("ACTIVE", static framework => framework.IsActive ? "yes" : "no"),
            ("TASKS", static framework => $"{framework.Tasks}"),
            ("CPUS", static framework => FixedPoint.Format(framework.Used.Quantities.Cpus)),
            ("MEM MIB", static framework => FixedPoint.Format(framework.Used.Quantities.Mem)),
            ("OFFERED CPUS", static framework => FixedPoint.Format(framework.Offered.Quantities.Cpus)));
    });
}
