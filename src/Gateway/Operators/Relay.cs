using System.Diagnostics;
using System.Text.Json;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Http;

namespace ActorScheduler.Gateway.Operators;

/// <summary>From requests by HTTP to masters and agents, and back. Any node can ask: members and clients have a way to the masters.</summary>
/// <param name="nodes">The nodes of this process; the first that does not leave asks.</param>
internal sealed class Relay(Func<IReadOnlyList<IGatewayNode>> nodes)
{
    /// <summary>Longest that the masters may take: they may be about to change.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>A question without an answer is asked again after this.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>The node that asks; null while it starts.</summary>
    internal IGatewayNode? Node => nodes().FirstOrDefault(static node => !node.IsLeaving);

    /// <summary>Asks the allocator, again and again: questions and commands with an id may come twice.</summary>
    internal async Task<IResult> Allocator<T>(IAllocatorMessage question, CancellationToken cancellation) =>
        Result(await Repeat((questions, limit) => questions.AskAllocator(question, limit), cancellation), static (T answer) => Json(answer));

    /// <summary>Asks a framework's actor, again and again.</summary>
    internal async Task<IResult> Framework<T>(IFrameworkMessage question, CancellationToken cancellation) =>
        Result(await Repeat((questions, limit) => questions.AskFramework(question, limit), cancellation), static (T answer) => Json(answer));

    /// <summary>Asks the agent of a task, once.</summary>
    internal async Task<IResult> Agent<T>(ITaskQuestion question, TimeSpan limit, Func<T, IResult> write) =>
        Node is { } node ? Result(await Ask(node).AskFramework(question, limit), write, "agent") : Starting();

    /// <summary>Asks the agent of a task, once; null when it does not answer.</summary>
    internal async Task<object?> AskAgent(ITaskQuestion question, TimeSpan limit) => Node is { } node ? await Ask(node).AskFramework(question, limit) : null;

    /// <summary>Asks the allocator; null when it does not answer.</summary>
    internal static async Task<T?> TryAllocator<T>(IGatewayNode node, IAllocatorMessage question)
        where T : class => await Ask(node).AskAllocator(question, AskAgain) as T;

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It is not what it should be.</exception>
    internal static Task<T> Body<T>(HttpRequest request) => Bodies.Read<T>(request, request.HttpContext.RequestAborted);

    /// <summary>The id that makes a repeated request harmless: <c>Idempotency-Key</c>, else a new one.</summary>
    internal static Guid RequestId(HttpRequest request) =>
        request.Headers["Idempotency-Key"].ToString() is not { Length: > 0 } key ? Guid.NewGuid()
        : Guid.TryParse(key, out Guid id) ? id
        : throw new JsonException("Idempotency-Key: must be a UUID");

    internal static IResult Json<T>(T value) => new Answer<T>(value);

    internal static IResult Invalid(Problem problem) => Refused(RefusalKind.Invalid, problem);

    internal static IResult Refused(RefusalKind kind, Problem problem) => ApiProblem.Of(
        kind switch
        {
            RefusalKind.Invalid => StatusCodes.Status400BadRequest,
            RefusalKind.Unknown => StatusCodes.Status404NotFound,
            RefusalKind.Reused => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.LimitReached => StatusCodes.Status429TooManyRequests,
            RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status409Conflict,
        },
        $"{kind}", problem);

    internal static IResult Starting() => ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ApiProblem.NoAnswer, new Problem("", "the node starts or leaves"));

    private static Questions Ask(IGatewayNode node) => new(node.System, node.Masters);

    private async Task<object?> Repeat(Func<Questions, TimeSpan, Task<object?>> ask, CancellationToken cancellation)
    {
        long startedAt = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested && Limit - Stopwatch.GetElapsedTime(startedAt) is var left && left > TimeSpan.Zero)
        {
            if (Node is not { } node)
                return null;
            if (await ask(Ask(node), left < AskAgain ? left : AskAgain) is { } answer)
                return answer;
        }
        return null;
    }

    /// <summary>What is missing in a message is named as there, <c>Reserve.Resources</c>: in a body it is <c>resources</c>.</summary>
    private static string FieldOf(string field) =>
        field.Length > 0 && char.IsUpper(field[0]) ? JsonNamingPolicy.CamelCase.ConvertName(field[(field.LastIndexOf('.') + 1)..]) : field;

    private static IResult Result<T>(object? answer, Func<T, IResult> write, string who = "master") => answer switch
    {
        FrameworkSnapshot { Info: null, Live: 0, Tasks.Count: 0 } unknown => Refused(RefusalKind.Unknown, new Problem("framework", $"'{unknown.FrameworkId}' is not known")),
        OffersExplained { Problem: { } problem } => Refused(RefusalKind.Unknown, problem),
        T expected => write(expected),
        CommandRefused refused => Refused(refused.Kind, refused.Problem with { Field = FieldOf(refused.Problem.Field) }),
        null => ApiProblem.Of(StatusCodes.Status504GatewayTimeout, ApiProblem.NoAnswer, new Problem("", $"no {who} answered")),
        _ => ApiProblem.Of(StatusCodes.Status502BadGateway, "Failed", new Problem("", $"the answer was {answer.GetType().Name}, which this version does not understand")),
    };
}
