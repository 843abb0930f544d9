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
        var weight = new Argument<string>("WEIGHT") { Description = "A number above 0. The default weight is 1." };
        var set = new Command("set", "Set the weight of a role: its share relative to other roles.") { role, weight };
        var named = new Argument<string>("ROLE") { Description = "Name of the role." };
        var command = new Command("weight", "Set or remove the weight of a role.")
        {
            MastersFlags.Add(set, async (session, answers, parsed) =>
            {
                (string name, string text) = (parsed.GetValue(role)!, parsed.GetValue(weight)!);
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number) || number <= 0)
                    throw new AschedException(ExitCode.Usage, $"WEIGHT: '{text}' must be a number above 0");
                answers.Say(await session.AskAllocator<CommandDone>(new SetWeight(Guid.NewGuid(), name, number)), $"{name} counts {text}.");
            }),
            MastersFlags.Add(new Command("remove", "Reset the weight of a role to 1.") { named }, async (session, answers, parsed) =>
                answers.Say(await session.AskAllocator<CommandDone>(new RemoveWeight(Guid.NewGuid(), parsed.GetValue(named)!)), $"{parsed.GetValue(named)} counts 1.")),
        };
        command.Aliases.Add("weights");
        return command;
    }
}
