using System.Net;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>What was fetched, and by what its server tells whether it is still the same.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Tag">Its entity tag, or null.</param>
/// <param name="Modified">When it was changed, or null.</param>
internal sealed record Download(long Size, string? Tag = null, DateTimeOffset? Modified = null);

/// <summary>
/// Gets files by http, https and from this host. What the server may mend by itself (5xx, a broken connection, standing still)
/// is tried again; everything is bounded in time and size.
/// </summary>
internal sealed class Downloads(SandboxSettings settings, TimeProvider time) : IDisposable
{
    private const int PieceBytes = 128 * 1024;

    // No time-out of its own: a large file takes long, and only standing still is an error.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), MaxAutomaticRedirections = 10 })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Gets a file.</summary>
    /// <param name="uri">From where.</param>
    /// <param name="file">To where; what is there is replaced.</param>
    /// <param name="known">What was fetched before; null for nothing.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was fetched; null when it is still as <paramref name="known"/> says, and nothing was written.</returns>
    /// <exception cref="SandboxException">It cannot be fetched; the message names address and reason.</exception>
    public async Task<Download?> Get(Uri uri, string file, Download? known, CancellationToken cancellation)
    {
        TimeSpan pause = settings.FetchPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return uri.IsFile ? await Copy(uri.LocalPath, file, known, cancellation) : await Try(uri, file, known, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or TimeoutException)
            {
                string reason = e is HttpRequestException { InnerException: { } inner, StatusCode: null } ? $"{e.Message} {inner.Message}" : e.Message;
                if (uri.IsFile || attempt >= settings.FetchAttempts || !IsPassing(e))
                    throw new SandboxException($"{uri.OriginalString}: {reason.TrimEnd('.')}{(attempt > 1 ? $" (tried {attempt} times)" : "")}", e);
            }
            await Task.Delay(pause, time, cancellation);
            pause *= 2;
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsPassing(Exception e) => e is not HttpRequestException { StatusCode: { } code }
        || (int)code >= 500 || code is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private async Task<Download?> Try(Uri uri, string file, Download? known, CancellationToken cancellation)
    {
        using var stall = new CancellationTokenSource(settings.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            if (known?.Tag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            else if (known?.Modified is { } modified)
                request.Headers.IfModifiedSince = modified;
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
            long? announced = response.Content.Headers.ContentLength;
            Check(announced ?? 0, uri.OriginalString);
            await using Stream from = await response.Content.ReadAsStreamAsync(either.Token);
            long size = await Write(from, file, uri.OriginalString, () => stall.CancelAfter(settings.StallTimeout), either.Token);
            return new Download(size, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {settings.StallTimeout.TotalSeconds:0.###} s");
        }
    }

    private async Task<Download?> Copy(string from, string file, Download? known, CancellationToken cancellation)
    {
        var source = new FileInfo(from);
        if (!source.Exists)
            throw new IOException(Directory.Exists(from) ? "it is a folder" : "there is no such file on the agent's host");
        var found = new Download(source.Length, Modified: source.LastWriteTimeUtc);
        if (found == known)
            return null;
        await using var reader = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, PieceBytes, useAsync: true);
        return found with { Size = await Write(reader, file, from, static () => { }, cancellation) };
    }

    private async Task<long> Write(Stream from, string file, string name, Action moves, CancellationToken cancellation)
    {
        File.Delete(file);
        await using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes, useAsync: true);
        byte[] piece = new byte[PieceBytes];
        long size = 0;
        for (int read; (read = await from.ReadAsync(piece, cancellation)) > 0; size += read)
        {
            moves();
            Check(size + read, name);
            await to.WriteAsync(piece.AsMemory(0, read), cancellation);
        }
        return size;
    }

    private void Check(long size, string name)
    {
        if (size > settings.MaxArtifactSize)
            throw new SandboxException($"{name}: it has more than {settings.MaxArtifactSize} bytes (actorscheduler.agent.sandbox.max-artifact-size)");
    }
}
