using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched agent show AGENT</c>: one host with its tasks and what they take.</summary>
internal static class AgentShowCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    internal static Command Create()
    {
        Argument<string> name = AgentCommand.Name();
        return MastersFlags.Add(new Command("show", "Show an agent with its tasks and their resource usage.") { name }, async (session, answers, parsed) =>
        {
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            FoundTask[] tasks = [.. (await TaskLookup.All(session, agent: agent.Info.Id)).Where(static task => !task.HasEnded)];
            IReadOnlyList<UsageSample> samples = await UsageSample.Take(session, tasks, []);
            if (tasks.Length > 0)
            {
                // Processor time says something only as the difference of two looks.
                using var timer = new PeriodicTimer(Interval);
                await timer.WaitForNextTickAsync(CancellationToken.None);
                samples = await UsageSample.Take(session, tasks, samples);
            }
            answers.Say(
                new { Agent = agent, Tasks = samples },
                Words.Facts(
                    ("agent", agent.Info.Id.Value),
                    ("host", agent.Info.Hostname),
                    ("state", $"{AgentText.State(agent)}{(agent.IsDegraded ? $": {AgentText.Why(agent)}" : "")}"),
                    ("containers", AgentText.Containerizers(agent)),
                    ("drained by", agent.DrainDeadline is { } deadline ? $"{Words.Time(deadline)}; until then tasks may end by themselves" : null),
                    ("away", agent.Unavailability is { } away ? Words.Time(away) : null),
                    ("node", agent.Node ?? "a client of the masters"),
                    ("domain", agent.Info.Domain is { } domain ? $"{domain.Region}/{domain.Zone}" : null),
                    ("attributes", agent.Info.Attributes is { Count: > 0 } attributes ? string.Join("; ", attributes) : "none"),
                    ("total", $"{agent.Total}"),
                    ("used", Words.Amounts(agent.Used)),
                    ("offered", Words.Amounts(agent.Offered)),
                    ("volumes", string.Join(", ", Volumes.Of(agent).Select(static volume => $"{volume.Id} of role {volume.Role} ({volume.State})")))));
            foreach (AsideContainer aside in agent.Aside ?? [])
                answers.Text($"Container {aside.RunId} was set aside: it runs task {aside.Task ?? "nobody knows"} and takes {aside.Resources ?? "nobody knows what"}, {aside.Reason}; to end it: {aside.EndedBy}");
            if (tasks.Length > 0)
            {
                answers.Text("");
                if (!answers.IsJson)
                    answers.Table(samples, UsageSample.Columns);
            }
        });
    }
}
