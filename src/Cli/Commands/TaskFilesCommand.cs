using System.CommandLine;
using System.Globalization;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task files ls|cat|get TASK PATH</c>: looks into a task's sandbox.</summary>
internal static class TaskFilesCommand
{
    internal static Command Create() => new("files", "List and copy files of a task's sandbox (its working directory), also after the task has ended.") { List(), Print(), Get() };

    private static Command List()
    {
        Argument<string> name = TaskCommand.Name();
        var path = new Argument<string>("PATH") { Description = "Directory, relative to the sandbox. Default: the sandbox itself.", DefaultValueFactory = static _ => "" };
        return MastersFlags.Add(new Command("ls", "List a directory of the sandbox.") { name, path }, async (session, answers, parsed) =>
        {
            FoundTask task = await TaskLookup.One(session, parsed.GetValue(name)!);
            var files = new List<FileEntry>();
            var list = new ListFiles(task.FrameworkId, task.Id, parsed.GetValue(path)!, AgentId: task.Summary.AgentId);
            for (bool more = true; more;)
            {
                var page = await session.AskFramework<FilesListed>(list);
                files.AddRange(page.Files);
                more = page is { IsComplete: false, Files.Count: > 0 };
                // All pages are of one run, though another one of the task begins meanwhile.
                list = list with { RunId = page.RunId, After = files.LastOrDefault()?.Name };
            }
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            answers.Table(
                files,
                ("MODE", static file => file.Mode),
                ("SIZE", static file => file.IsFolder ? "-" : file.Size.ToString(CultureInfo.InvariantCulture)),
                ("MODIFIED", file => Words.TimeInList(file.ModifiedAt, now)),
                ("NAME", static file => file.IsFolder ? $"{file.Name}/" : file.Name));
        });
    }

    private static Command Print()
    {
        (Argument<string> name, Argument<string> path) = (TaskCommand.Name(), File());
        return MastersFlags.Add(new Command("cat", "Print a file of the sandbox.") { name, path }, async (session, _, parsed) =>
        {
            var output = new RawOutput(parsed.InvocationConfiguration.Output);
            await (await Open(session, parsed.GetValue(name)!, parsed.GetValue(path)!, parsed)).Copy(0, isFollowed: false, data => output.Write(data.Span), CancellationToken.None);
        }, withJson: false);
    }

    private static Command Get()
    {
        (Argument<string> name, Argument<string> path) = (TaskCommand.Name(), File());
        var to = new Option<string?>("--to") { HelpName = "FILE", Description = "Destination file. Default: the same name in the current directory." };
        return MastersFlags.Add(new Command("get", "Copy a file of the sandbox to this machine.") { name, path, to }, async (session, answers, parsed) =>
        {
            string source = parsed.GetValue(path)!, target = Target(parsed.GetValue(to) ?? Path.GetFileName(source.TrimEnd('/')));
            if (Path.Exists(target))
                throw new AschedException(ExitCode.Unusable, $"--to: there is a {target} already");
            TaskFile file = await Open(session, parsed.GetValue(name)!, source, parsed);
            long bytes = 0;
            try
            {
                await using FileStream stream = new($"{target}.part", FileMode.Create);
                await file.Copy(0, isFollowed: false, data =>
                {
                    stream.Write(data.Span);
                    bytes += data.Length;
                }, CancellationToken.None);
            }
            catch (Exception e) when (e is AschedException or IOException or UnauthorizedAccessException)
            {
                if (System.IO.File.Exists($"{target}.part"))
                    System.IO.File.Delete($"{target}.part");
                throw e as AschedException ?? new AschedException(ExitCode.Unusable, $"--to: {e.Message}", e);
            }
            System.IO.File.Move($"{target}.part", target);
            answers.Say(new { File = target, Bytes = bytes }, $"{bytes} bytes in {target}");
        });
    }

    private static string Target(string text)
    {
        if (text.Length == 0 || text.Contains('\0', StringComparison.Ordinal))
            throw new AschedException(ExitCode.Usage, "--to: must name a file");
        string target = Path.GetFullPath(text);
        return Path.GetDirectoryName(target) is { } folder && Directory.Exists(folder)
            ? target
            : throw new AschedException(ExitCode.Unusable, $"--to: there is no folder {Path.GetDirectoryName(target)}");
    }

    private static Argument<string> File() => new("PATH") { Description = "File, relative to the sandbox, such as stdout." };

    private static async Task<TaskFile> Open(MastersSession session, string name, string path, ParseResult parsed)
    {
        FoundTask task = await TaskLookup.One(session, name);
        return new TaskFile(session, (task.FrameworkId, task.Id), task.Summary.AgentId, path, text => parsed.InvocationConfiguration.Error.WriteLine($"asched: {text}"));
    }
}
