using ActorScheduler.Gateway.Access;
using ActorScheduler.Gateway.Operators.Contract;
using Microsoft.AspNetCore.Http;

namespace ActorScheduler.Gateway.Operators;

/// <summary>
/// An answer as JSON. The one place where values go out, and so the one where those who may only look are told apart from those who decide, and
/// could read the same in the tasks that they may run.
/// </summary>
/// <param name="value">All of it.</param>
internal sealed class Answer<T>(T value) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        bool isWhole = httpContext.Features.Get<CallerStanding>()?.MayDecide() == true;
        return TypedResults.Json(isWhole ? value : ViewersSight.Of(value), ApiJson.Options).ExecuteAsync(httpContext);
    }
}
