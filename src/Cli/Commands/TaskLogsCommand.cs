using System.CommandLine;
using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task logs TASK</c>: what a task has written, and writes.</summary>
internal static class TaskLogsCommand
{
    internal static Command Create()
    {
        Argument<string> name = TaskCommand.Name();
        var follow = new Option<bool>("--follow", "-f") { Description = "Keep printing new output until the task ends." };
        var lines = new Option<int?>("--lines", "-n") { HelpName = "N", Description = "Print only the last N lines." };
        var errors = new Option<bool>("--stderr") { Description = "Print standard error instead of standard output." };
        var command = new Command("logs", "Print a task's output.") { name, follow, lines, errors };
        return MastersFlags.Add(command, async (session, _, parsed) =>
        {
            if (parsed.GetValue(lines) is < 0)
                throw new AschedException(ExitCode.Usage, "--lines: must be 0 or more");
            FoundTask task = await TaskLookup.One(session, parsed.GetValue(name)!);
            var file = new TaskFile(session, (task.FrameworkId, task.Id), task.Summary.AgentId, parsed.GetValue(errors) ? "stderr" : "stdout", text => Say(parsed, text));
            bool isFollowed = parsed.GetValue(follow);
            long begin = parsed.GetValue(lines) is { } count ? await file.LastLines(count) : 0;
            var output = new RawOutput(parsed.InvocationConfiguration.Output);
            await file.Copy(begin, isFollowed, data => output.Write(data.Span), CancellationToken.None, hasEnded: () => HasEnded(session, task));
        }, withJson: false);
    }

    private static async Task<bool> HasEnded(MastersSession session, FoundTask task)
    {
        try
        {
            return (await TaskLookup.One(session, $"{task.FrameworkId}/{task.Id}")).HasEnded;
        }
        // Nobody answers, or nobody knows it any more.
        catch (AschedException e)
        {
            return e.ExitCode == ExitCode.Refused;
        }
    }

    private static void Say(ParseResult parsed, string text) => parsed.InvocationConfiguration.Error.WriteLine($"asched: {text}");
}
