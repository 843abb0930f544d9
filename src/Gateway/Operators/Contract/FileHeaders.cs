using System.Globalization;
using System.Net.Http.Headers;
using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Microsoft.AspNetCore.Http;

namespace ActorScheduler.Gateway.Operators.Contract;

/// <summary>A part of a file as bytes, with headers that say where it stands.</summary>
internal static class FileHeaders
{
    private const string Offset = "X-Offset";
    private const string Size = "X-Size";
    private const string Run = "X-Run";
    private const string Live = "X-Live";
    private const string First = "X-First";

    internal static void Write(FileRead read, HttpResponse response)
    {
        response.Headers[Offset] = read.Offset.ToString(CultureInfo.InvariantCulture);
        response.Headers[Size] = read.Size.ToString(CultureInfo.InvariantCulture);
        response.Headers[Run] = read.RunId;
        response.Headers[Live] = read.IsLive ? "true" : "false";
        response.Headers[First] = read.First.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The part that an answer holds, or begins with.</summary>
    internal static FileRead Read(FrameworkId framework, string path, HttpResponseHeaders headers, byte[] data) => new(
        framework, One(headers, Run), path, long.Parse(One(headers, Offset), CultureInfo.InvariantCulture), data,
        long.Parse(One(headers, Size), CultureInfo.InvariantCulture), One(headers, Live) == "true",
        headers.TryGetValues(First, out IEnumerable<string>? first) ? long.Parse(first.First(), CultureInfo.InvariantCulture) : 0);

    private static string One(HttpResponseHeaders headers, string name) => headers.GetValues(name).First();
}
