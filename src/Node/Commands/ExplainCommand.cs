using System.CommandLine;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched explain FRAMEWORK ROLE</c>: why a framework is not offered something.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var framework = new Argument<string>("FRAMEWORK") { Description = "Id of the framework." };
        var role = new Argument<string>("ROLE") { Description = "One of its roles." };
        var size = new Option<string?>("--size") { HelpName = "RESOURCES", Description = "What it needs, as in cpus:1;mem:128. Default: anything." };
        var command = new Command("explain", "Say why a framework is not offered something.") { framework, role, size };
        return MastersFlags.Add(command, async (session, answers, parsed) =>
        {
            FrameworkId id = Input.Valid(FrameworkId.Parse(parsed.GetValue(framework), "FRAMEWORK"));
            WantedSize? wanted = parsed.GetValue(size) is { } text ? new WantedSize(Input.Valid(Quantities.Parse(text, "--size"))) : null;
            var explained = await session.AskAllocator<OffersExplained>(new ExplainOffers(id, parsed.GetValue(role)!, wanted));
            if (explained.Problem is { } problem)
                throw new AschedException(ExitCode.Refused, problem.ToString());
            answers.Say(explained, string.Join(
                Environment.NewLine, explained.Obstacles.OrderByDescending(static obstacle => obstacle.Value)
                    .Select(static obstacle => $"  {obstacle.Value} agents: {obstacle.Key}").Prepend(explained.Verdict)));
        });
    }
}
