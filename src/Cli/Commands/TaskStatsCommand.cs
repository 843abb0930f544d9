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
        var names = new Argument<string[]>("TASK") { Description = "As for the others; none: all that run.", Arity = ArgumentArity.ZeroOrMore };
        var once = new Option<bool>("--once") { Description = "Print one table and end, also on a terminal." };
        return MastersFlags.Add(new Command("stats", "Show what tasks take.") { names, once }, async (session, answers, parsed) =>
        {
            string[] named = parsed.GetValue(names) ?? [];
            bool isLive = !parsed.GetValue(once) && answers.CanPaint;
            using var signals = new CommandSignals();
            using var over = new CancellationTokenSource();
            using var timer = new PeriodicTimer(Interval);
            Task<int> signalled = signals.Next(over.Token).AsTask();
            IReadOnlyList<UsageSample> samples = await UsageSample.Take(session, await Find(session, named), []);
            await answers.Repeat(UsageSample.Columns, isLive, async () =>
            {
                // A signal is the usual end of a table that is painted again and again.
                if (await Task.WhenAny(signalled, timer.WaitForNextTickAsync(over.Token).AsTask()) == signalled)
                    return null;
                return samples = await UsageSample.Take(session, isLive ? await Find(session, named) : samples.Select(static sample => sample.Task), samples);
            });
            await over.CancelAsync();
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
