using System.CommandLine;
using ActorScheduler.Node.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Commands;

/// <summary><c>asched agent show AGENT</c>: one host with its tasks and what they take.</summary>
internal static class AgentShowCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    internal static Command Create()
    {
        var name = new Argument<string>("AGENT") { Description = "Id of the agent, the beginning of it, or its host." };
        Command show = MastersFlags.Add(new Command("show", "Show an agent with its tasks and what they take.") { name }, async (session, answers, parsed) =>
        {
            AgentSummary agent = await TaskLookup.Agent(session, parsed.GetValue(name)!);
            FoundTask[] tasks = [.. (await TaskLookup.All(session)).Where(task => task.Summary.AgentId == agent.Info.Id && !task.HasEnded)];
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
                $"""
                agent       {agent.Info.Id}
                host        {agent.Info.Hostname}
                state       {agent.State}{(agent.IsDraining ? ", draining" : agent.IsActive ? "" : ", inactive")}{(agent.IsDegraded ? ", degraded: an engine or its checkpoint fails" : "")}
                node        {agent.Node ?? "a client of the masters"}
                attributes  {(agent.Info.Attributes is { Count: > 0 } attributes ? string.Join("; ", attributes) : "none")}
                total       {agent.Total}
                used        {(agent.Used.IsEmpty ? "nothing" : agent.Used)}
                offered     {(agent.Offered.IsEmpty ? "nothing" : agent.Offered)}
                """);
            if (tasks.Length > 0)
            {
                answers.Text("");
                if (!parsed.GetValue<bool>("--json"))
                    answers.Table(samples, UsageSample.Columns);
            }
        });
        return new Command("agent", "Look at one agent.") { show };
    }
}
