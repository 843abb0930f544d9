#nullable enable
using Docker.DotNet.Models;

namespace Docker.DotNet.Transport;

/// <summary>One request to the engine: what is asked, how long it may take and what an answer of 404 means.</summary>
internal sealed record EngineRequest(HttpMethod Method, string Path)
{
    public Query? Query { get; init; }

    /// <summary>Sent as JSON.</summary>
    public object? Body { get; init; }

    /// <summary>A tar archive that is sent as it comes.</summary>
    public Stream? Upload { get; init; }

    public ConnectionUse Use { get; init; }

    /// <summary>Null for the client's default. Counts from the last byte that moved where bodies are streamed.</summary>
    public TimeSpan? Limit { get; init; }

    public Missing Missing { get; init; }

    /// <summary>Set for a request that is the same in all versions of the API.</summary>
    public bool Unversioned { get; init; }

    /// <summary>Credentials for a registry.</summary>
    public AuthConfig? RegistryAuth { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public static EngineRequest Get(string path) => new(HttpMethod.Get, path);

    public static EngineRequest Post(string path) => new(HttpMethod.Post, path);

    public static EngineRequest Put(string path) => new(HttpMethod.Put, path);

    public static EngineRequest Delete(string path) => new(HttpMethod.Delete, path);

    /// <summary>A part of a path that stands for one object.</summary>
    /// <exception cref="ArgumentNullException">It is null or empty.</exception>
    public static string Segment(string? id, string parameter)
    {
        if (string.IsNullOrEmpty(id)) throw new ArgumentNullException(parameter);
        return Guard(Uri.EscapeDataString(id), parameter);
    }

    /// <summary>The name of an image, whose slashes and colons belong to the path.</summary>
    /// <exception cref="ArgumentNullException">It is null or empty.</exception>
    public static string ImageName(string? name, string parameter)
    {
        if (string.IsNullOrEmpty(name)) throw new ArgumentNullException(parameter);
        return string.Join('/', name.Split('/')
            .Select(part => Guard(Uri.EscapeDataString(part), parameter).Replace("%3A", ":", StringComparison.Ordinal)));
    }

    public override string ToString() => $"{Method} /{Path}";

    /// <summary>Dots alone would lead the path somewhere else.</summary>
    private static string Guard(string segment, string parameter) =>
        segment is "." or ".." ? throw new ArgumentException($"'{segment}' names nothing.", parameter) : segment;
}
