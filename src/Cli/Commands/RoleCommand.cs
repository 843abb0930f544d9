using System.CommandLine;
using System.Globalization;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using static ActorScheduler.Cli.Operators.MastersSession;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched role list</c>: who is entitled to how much, and has it.</summary>
internal static class RoleCommand
{
    internal static Command Create() => new("role", "Show roles.") { Of(new Command("list", "List roles with weights, shares and quotas.")) };

    internal static Command Short() => Of(new Command("roles", "Short for 'role list'."));

    private static Command Of(Command command) => MastersFlags.Add(command, async static (session, answers, _) =>
    {
        IReadOnlyList<RoleSummary> roles = await AllPages<RoleSummary>(async last =>
        {
            var page = await session.AskAllocator<RolesSnapshot>(new GetRoles(last?.Name, PageSize));
            return (page.Roles, page.HasMore);
        });
        answers.Table(
            roles,
            ("ROLE", static role => role.Name),
            ("WEIGHT", static role => role.Weight.ToString("0.###", CultureInfo.InvariantCulture)),
            ("SHARE", static role => role.Share.ToString("P1", CultureInfo.InvariantCulture)),
            ("USED", static role => $"{role.Used}"),
            ("GUARANTEED", static role => role.Guarantees.IsZero ? "-" : $"{role.Guarantees}"),
            ("LIMITS", static role => role.Limits.Count == 0 ? "-" : string.Join(';', role.Limits.Select(static limit => $"{limit.Key}:{FixedPoint.Format(limit.Value)}"))),
            ("FRAMEWORKS", static role => $"{role.Frameworks.Count}"));
    });
}
