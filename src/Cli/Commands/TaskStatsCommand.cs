using System.CommandLine;
using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task stats [TASK...]</c>: what tasks take; painted again and again on a terminal.</summary>
internal static class TaskStatsCommand
{
    /// <summary>Between two looks: processor time is measured over it.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    internal static Command Create()
    {
        var names = new Argument<string[]>("TASK") { Description = "Task ids or unique prefixes. Default: all running tasks.", Arity = ArgumentArity.ZeroOrMore };
        var once = new Option<bool>("--once") { Description = "Print one table and exit, also on a terminal." };
        return MastersFlags.Add(new Command("stats", "Show resource usage of tasks, refreshed every second on a terminal.") { names, once }, async (session, answers, parsed) =>
        {
            string[] named = parsed.GetValue(names) ?? [];
            bool isLive = !parsed.GetValue(once) && answers.CanPaint;
            using var over = new CancellationTokenSource();
            using var timer = new PeriodicTimer(Interval);
            IReadOnlyList<UsageSample> samples = await UsageSample.Take(session, await Find(session, named), []);
            // A signal is the usual end of a table that is painted again and again; it does not wait for an answer.
            using CommandSignals? signals = isLive ? new CommandSignals() : null;
            Task signalled = signals?.Next(over.Token).AsTask() ?? Task.Delay(Timeout.Infinite, over.Token);
            await answers.Repeat(UsageSample.Columns, isLive, async () =>
            {
                Task<IReadOnlyList<UsageSample>> next = Next();
                return await Task.WhenAny(signalled, next) == signalled ? null : samples = await next;
            });
            await over.CancelAsync();

            async Task<IReadOnlyList<UsageSample>> Next()
            {
                await timer.WaitForNextTickAsync(over.Token);
                return await UsageSample.Take(session, isLive ? await Find(session, named) : samples.Select(static sample => sample.Task), samples);
            }
        });
    }

    private static async Task<IReadOnlyList<FoundTask>> Find(MastersSession session, string[] names)
    {
        if (names.Length == 0)
            return [.. (await TaskLookup.All(session)).Where(static task => !task.HasEnded)];
        var tasks = new List<FoundTask>();
        foreach (string name in names)
            tasks.Add(await TaskLookup.One(session, name));
        return tasks;
    }
}
