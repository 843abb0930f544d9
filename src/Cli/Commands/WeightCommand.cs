using System.CommandLine;
using System.Globalization;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched weight set|remove ROLE</c>: how much a role counts among its siblings.</summary>
internal static class WeightCommand
{
    internal static Command Create()
    {
        var role = new Argument<string>("ROLE") { Description = "Name of the role." };
        var weight = new Argument<string>("WEIGHT") { Description = "A number above 0; 1 is what roles have by default." };
        var set = new Command("set", "Set how much a role counts among its siblings.") { role, weight };
        var named = new Argument<string>("ROLE") { Description = "Name of the role." };
        var command = new Command("weight", "Set or remove roles' weights.")
        {
            MastersFlags.Add(set, async (session, answers, parsed) =>
            {
                (string name, string text) = (parsed.GetValue(role)!, parsed.GetValue(weight)!);
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number) || number <= 0)
                    throw new AschedException(ExitCode.Usage, $"WEIGHT: '{text}' must be a number above 0");
                answers.Say(await session.AskAllocator<CommandDone>(new SetWeight(Guid.NewGuid(), name, number)), $"{name} counts {text}.");
            }),
            MastersFlags.Add(new Command("remove", "Let a role count 1 again; one without quota and frameworks is then no longer listed.") { named }, async (session, answers, parsed) =>
                answers.Say(await session.AskAllocator<CommandDone>(new RemoveWeight(Guid.NewGuid(), parsed.GetValue(named)!)), $"{parsed.GetValue(named)} counts 1.")),
        };
        command.Aliases.Add("weights");
        return command;
    }
}
