using ActorScheduler.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>What goes wrong, as <c>application/problem+json</c> (RFC 9457) with the field at fault and, for programs, the kind.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">Status in words.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
/// <param name="Field">The field at fault; empty for none.</param>
/// <param name="Kind">A <see cref="Protocol.RefusalKind"/>, <see cref="NoAnswer"/> or Failed.</param>
internal sealed record ApiProblem(int Status, string? Title, string? Detail, string? Field, string? Kind)
{
    /// <summary>Nobody answered: whether a command was carried out is not known.</summary>
    internal const string NoAnswer = "NoAnswer";

    internal static IResult Of(int status, string kind, Problem problem) => TypedResults.Problem(new ProblemDetails
    {
        Status = status,
        Detail = problem.Reason,
        Extensions = { ["field"] = problem.Field, ["kind"] = kind },
    });
}
