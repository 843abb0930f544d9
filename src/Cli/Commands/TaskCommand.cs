using System.CommandLine;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task ...</c>: lists tasks, looks into single ones, and ends them.</summary>
internal static class TaskCommand
{
    internal static Command Create() => new("task", "Show tasks, their logs, files and resource usage, run commands in them, and kill them.")
    {
        TaskListCommand.Create(), TaskShowCommand.Create(), TaskLogsCommand.Create(), TaskExecCommand.Create(), TaskStatsCommand.Create(), TaskFilesCommand.Create(), Kill(),
    };

    /// <summary>The argument that names a task.</summary>
    internal static Argument<string> Name() => new("TASK") { Description = "Task id, a unique prefix of it, or FRAMEWORK/TASK." };

    private static Command Kill()
    {
        Argument<string> name = Name();
        var grace = new Option<string?>("--grace") { HelpName = "SECONDS", Description = "Grace period between the request to shut down (SIGTERM) and SIGKILL; 0 kills at once. Default: the task's own." };
        return MastersFlags.Add(new Command("kill", "Kill a task. Its framework is told, and may start a replacement.") { name, grace }, async (session, answers, parsed) =>
        {
            TimeSpan? period = parsed.GetValue(grace) is { } text ? MastersFlags.Grace("--grace", text) : null;
            FoundTask task = await TaskLookup.One(session, parsed.GetValue(name)!);
            var done = await session.AskFramework<CommandDone>(new StopTask(task.FrameworkId, Guid.NewGuid(), task.Id, period));
            answers.Say(done, $"{task} is told to end; 'asched task show {task}' shows when it has.");
        });
    }
}
