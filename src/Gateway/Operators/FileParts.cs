using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Http;

namespace ActorScheduler.Gateway.Operators;

/// <summary>
/// A long part of a file as one answer: agents answer with small parts, of which several are asked for ahead. The answer is without
/// gaps; where the next part is not what comes next, or nothing is there yet, it ends, and whoever wants more asks again.
/// </summary>
/// <param name="first">The first part; it says where the answer begins.</param>
/// <param name="length">Most bytes of the whole.</param>
/// <param name="ask">Asks for a part from an offset on, with a length; null when it cannot be had.</param>
internal sealed class FileParts(FileRead first, long length, Func<long, int, Task<FileRead?>> ask) : IResult
{
    /// <summary>Parts that are asked for ahead: more only fill the memory of a node whose reader is slow.</summary>
    private const int Ahead = 6;

    private readonly Queue<(int Length, Task<FileRead?> Part)> _asked = new();

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        FileHeaders.Write(first, response);
        response.ContentType = "application/octet-stream";
        long end = first.Offset + Math.Max(first.Data.Length, length);
        long at = first.Offset + first.Data.Length;
        if (first.Data.IsEmpty || at >= Math.Min(end, first.Size))
            response.ContentLength = first.Data.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        try
        {
            await response.Body.WriteAsync(first.Data, httpContext.RequestAborted);
            if (!first.Data.IsEmpty)
                await Continue(response, at, end, first.Size, httpContext.RequestAborted);
        }
        finally
        {
            // Answers that nobody waits for must not be forgotten with an error in them.
            foreach ((_, Task<FileRead?> part) in _asked)
                _ = part.ContinueWith(static late => late.Exception, TaskScheduler.Default);
        }
    }

    private async Task Continue(HttpResponse response, long at, long end, long size, CancellationToken cancellation)
    {
        long next = at;
        while (true)
        {
            while (_asked.Count < Ahead && next < Math.Min(end, size))
            {
                int wanted = (int)Math.Min(FileLimits.MostBytes, Math.Min(end, size) - next);
                _asked.Enqueue((wanted, ask(next, wanted)));
                next += wanted;
            }
            if (!_asked.TryDequeue(out (int Length, Task<FileRead?> Part) asked))
                return;
            if (await asked.Part is not { Data.IsEmpty: false } part || part.Offset != at || part.RunId != first.RunId)
                return;
            await response.Body.WriteAsync(part.Data, cancellation);
            at += part.Data.Length;
            size = Math.Max(size, part.Size);
            // What was asked for behind a part that is short is not what comes next.
            if (part.Data.Length < asked.Length)
                return;
        }
    }
}
