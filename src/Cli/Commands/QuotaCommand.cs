using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched quota set|remove ROLE</c>: what a role is guaranteed, and what it may not exceed.</summary>
internal static class QuotaCommand
{
    internal static Command Create() => new("quota", "Set or remove the quota of a role: its guarantees and limits.") { Set(), Remove() };

    private static Command Set()
    {
        Argument<string> role = Role();
        var guarantee = new Option<string>("--guarantee") { HelpName = "RESOURCES", Description = "Resources kept available for the role, such as cpus:4;mem:8192.", DefaultValueFactory = static _ => "" };
        var limit = new Option<string>("--limit") { HelpName = "RESOURCES", Description = "Most resources that the role may use, such as cpus:8; a resource that is not named is not limited.", DefaultValueFactory = static _ => "" };
        var force = new Option<bool>("--force") { Description = "Set it even if the cluster is too small for the guarantees, or the role already exceeds the limits." };
        var command = new Command("set", "Set the quota of a role: its guarantees and limits.") { role, guarantee, limit, force };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            string name = parsed.GetValue(role)!;
            Quantities guarantees = Input.Valid(Quantities.Parse(parsed.GetValue(guarantee)!, "--guarantee"));
            // A limit of zero is one, so what is named is counted and not what is above zero.
            string limitText = parsed.GetValue(limit)!;
            Quantities limits = Input.Valid(Quantities.Parse(limitText, "--limit"));
            var named = limitText.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(static part => part.Split(':')[0].Trim()).ToDictionary(static part => part, part => limits[ResourceName.Of(part)]);
            if (guarantees.IsZero && named.Count == 0)
                throw new AschedException(ExitCode.Usage, "--guarantee or --limit must be given; 'asched quota remove' takes both off");
            var done = await session.AskAllocator<CommandDone>(new SetQuota(Guid.NewGuid(), name, guarantees, named, parsed.GetValue(force)));
            answers.Say(done, $"Quota of {name} is set; 'asched role list' shows it.");
        });
    }

    private static Command Remove()
    {
        Argument<string> role = Role();
        return MastersFlags.Add(new Command("remove", "Remove the quota of a role.") { role }, async (session, answers, parsed) =>
        {
            string name = parsed.GetValue(role)!;
            answers.Say(await session.AskAllocator<CommandDone>(new RemoveQuota(Guid.NewGuid(), name)), $"{name} has no quota.");
        });
    }

    private static Argument<string> Role() => new("ROLE") { Description = "Name of a top-level role." };
}
