using System.Globalization;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ActorScheduler.Gateway.Operators;

/// <summary>Tasks, what they take, and their files.</summary>
internal sealed class TasksApi(Relay relay)
{
    private const string Tag = "tasks";
    private const string One = "/frameworks/{framework}/tasks/{task}";

    /// <summary>The way to the agent and back, and its look.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    internal void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/frameworks/{framework}/tasks", (
                    string framework, CancellationToken cancellation, string? after = null, int count = 100, bool completed = false, string? prefix = null, string? agent = null) =>
                FrameworksApi.Id(framework).Then(id => relay.Framework<FrameworkSnapshot>(
                    new GetFramework(id, after is null ? null : new TaskId(after), count, completed, prefix, Agent(agent)), cancellation)))
            .Produces<FrameworkSnapshot>().Refuses(Tag)
            .WithSummary("A framework with a page of its tasks in the order of their ids; completed: those that have ended; prefix, agent: only such tasks.");
        routes.MapPost($"{One}/kill", (string framework, string task, HttpRequest request, CancellationToken cancellation) => Ids(framework, task).Then(async ids =>
                await relay.Framework<CommandDone>(
                    new StopTask(ids.Framework, Relay.RequestId(request), ids.Task, (await Relay.Body<KillRequest>(request)).GracePeriod), cancellation)))
            .Command<KillRequest>(Tag).WithSummary("Ends a task. Its framework hears of it, and may start another one.");
        routes.MapGet($"{One}/usage", (string framework, string task, string? run = null, string? agent = null) => Ids(framework, task).Then(ids =>
                relay.Agent<UsageRead>(new GetUsage(ids.Framework, ids.Task, run, Agent(agent)), Look, static usage => Relay.Json(usage))))
            .Produces<UsageRead>().Refuses(Tag).WithSummary("What a task takes just now.");
        routes.MapGet($"{One}/files", (string framework, string task, string path = "", string? run = null, string? agent = null, string? after = null) => Ids(framework, task).Then(ids =>
                relay.Agent<FilesListed>(new ListFiles(ids.Framework, ids.Task, path, run, Agent(agent), after), Look, static files => Relay.Json(files))))
            .Produces<FilesListed>().Refuses(Tag).WithSummary("A page of what is in a folder of a task's sandbox, in the order of the names; after: behind this name.");
        routes.MapGet($"{One}/file", (
                    string framework, string task, string path, long offset = 0, long length = FileLimits.MostBytes, double wait = 0, string? run = null, string? agent = null) =>
                Ids(framework, task).Then(ids => wait is >= 0 and <= 10
                    ? Part(new ReadFile(ids.Framework, ids.Task, path, offset, FileLimits.MostBytes, TimeSpan.FromSeconds(wait), run, Agent(agent)), length)
                    : Task.FromResult(Relay.Invalid(new Problem("wait", "must be 0 to 10 seconds")))))
            .Produces<byte[]>(contentType: "application/octet-stream").Refuses(Tag)
            .WithSummary(string.Create(CultureInfo.InvariantCulture, $"A part of a file, {FileLimits.MostBytes} bytes at most or length, from an offset (from the end when negative). "))
            .WithDescription("Headers say where it stands: X-Offset, X-Size, X-Run, and X-Live while more may come; to follow, ask for what comes after with wait, in seconds. "
                + "Bytes of stdout and stderr keep their offsets; X-First is the first that is kept, and an X-Offset beyond the offset that was asked for says that those between are not.");
    }

    private Task<IResult> Part(ReadFile question, long length) => relay.Agent<FileRead>(
        question with { Length = (int)Math.Clamp(length, 0, FileLimits.MostBytes) }, question.Wait + Look,
        read => new FileParts(read, length, async (offset, part) =>
            await relay.AskAgent(question with { Offset = offset, Length = part, Wait = TimeSpan.Zero, RunId = read.RunId }, Look) as FileRead));

    private static AgentId? Agent(string? text) => text is null ? null : new AgentId(text);

    private static Result<(FrameworkId Framework, TaskId Task)> Ids(string framework, string task) =>
        !FrameworkId.Parse(framework, "framework").TryGet(out FrameworkId frameworkId, out Problem? problem) ? problem
        : !TaskId.Parse(task, "task").TryGet(out TaskId taskId, out problem) ? problem
        : (frameworkId, taskId);
}
