using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;
using Microsoft.Win32.SafeHandles;

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

    private const int MostRedirects = 10;

    // No time-out of its own: a large file takes long, and only standing still is an error. Redirects are followed here, because
    // user and password go along to the same server and to no other.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Gets a file. One that cannot be had leaves nothing behind.</summary>
    /// <param name="uri">From where.</param>
    /// <param name="file">To where; what is there is replaced.</param>
    /// <param name="known">What was fetched before; null for nothing.</param>
    /// <param name="owner">For whom: of this host's files only those are copied for another user that everybody may read.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was fetched; null when it is still as <paramref name="known"/> says, and nothing was written.</returns>
    /// <exception cref="SandboxException">It cannot be fetched; the message names address and reason.</exception>
    public async Task<Download?> Get(Uri uri, string file, Download? known, Account? owner, CancellationToken cancellation)
    {
        TimeSpan pause = settings.FetchPause;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return uri.IsFile ? await Copy(uri, file, owner, cancellation) : await Try(uri, file, known, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or TimeoutException)
            {
                string reason = e is HttpRequestException { InnerException: { } inner, StatusCode: null } ? $"{e.Message} {inner.Message}" : e.Message;
                if (uri.IsFile || attempt >= settings.FetchAttempts || !IsPassing(e))
                    throw new SandboxException($"{ArtifactAddress.Show(uri.OriginalString)}: {reason.TrimEnd('.')}{(attempt > 1 ? $" (tried {attempt} times)" : "")}", e);
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
            using HttpResponseMessage response = await Send(uri, known, either.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}", null, response.StatusCode);
            long? announced = response.Content.Headers.ContentLength;
            Check(announced ?? 0, uri);
            await using Stream from = await response.Content.ReadAsStreamAsync(either.Token);
            long size = await Write(from, file, uri, () => stall.CancelAfter(settings.StallTimeout), either.Token);
            return new Download(size, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {settings.StallTimeout.TotalSeconds:0.###} s");
        }
    }

    private async Task<HttpResponseMessage> Send(Uri uri, Download? known, CancellationToken cancellation)
    {
        Uri at = uri;
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            if (known?.Tag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            else if (known?.Modified is { } modified)
                request.Headers.IfModifiedSince = modified;
            if (uri.UserInfo.Length > 0 && Uri.Compare(uri, at, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials(uri.UserInfo))));
            HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            at = new Uri(at, location);
            if (redirects == MostRedirects)
                throw new SandboxException($"{ArtifactAddress.Show(uri.OriginalString)}: the server redirects more than {MostRedirects} times");
            if (at.Scheme != Uri.UriSchemeHttps && !(at.Scheme == Uri.UriSchemeHttp && uri.Scheme == Uri.UriSchemeHttp))
                throw new SandboxException($"{ArtifactAddress.Show(uri.OriginalString)}: the server redirects to {at.Scheme}, which is not followed");
        }
    }

    /// <summary>A user alone has an empty password, as curl has it. Either may have a colon, escaped.</summary>
    private static string Credentials(string userInfo)
    {
        string[] parts = userInfo.Split(':', 2);
        return $"{Uri.UnescapeDataString(parts[0])}:{(parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "")}";
    }

    private async Task<Download?> Copy(Uri uri, string file, Account? owner, CancellationToken cancellation)
    {
        using SafeFileHandle from = OpenHere(PathOf(uri));
        // What was really opened, whatever led to it.
        if (owner is not null && !(Posix.PathOf(from) is { } opened && Account.IsReadableForAll(opened)))
            throw new IOException($"user {owner.Name} may not read it");
        await using var reader = new FileStream(from, FileAccess.Read, PieceBytes, isAsync: false);
        return new Download(await Write(reader, file, uri, static () => { }, cancellation));
    }

    /// <summary>The path of a file address. Its host is this one, by name or not at all.</summary>
    internal static string PathOf(Uri uri) => uri.Host switch
    {
        "" => uri.LocalPath,
        // With a host, the runtime makes a share's path of it.
        "localhost" or "127.0.0.1" or "[::1]" => Uri.UnescapeDataString(uri.AbsolutePath),
        var host => throw new IOException($"host {host} is not asked for files: file addresses are of the agent's own host"),
    };

    private static SafeFileHandle OpenHere(string path)
    {
        if (Directory.Exists(path))
            throw new IOException("it is a folder");
        return Path.Exists(path) ? PlainFile.Open(path) : throw new IOException("there is no such file on the agent's host");
    }

    private async Task<long> Write(Stream from, string file, Uri uri, Action moves, CancellationToken cancellation)
    {
        File.Delete(file);
        bool isWhole = false;
        try
        {
            await using var to = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, PieceBytes, useAsync: true);
            byte[] piece = new byte[PieceBytes];
            long size = 0;
            for (int read; (read = await from.ReadAsync(piece, cancellation)) > 0; size += read)
            {
                moves();
                Check(size + read, uri);
                await to.WriteAsync(piece.AsMemory(0, read), cancellation);
            }
            isWhole = true;
            return size;
        }
        finally
        {
            if (!isWhole)
                File.Delete(file);
        }
    }

    private void Check(long size, Uri uri)
    {
        if (size > settings.MaxArtifactSize)
            throw new SandboxException($"{ArtifactAddress.Show(uri.OriginalString)}: it has more than {settings.MaxArtifactSize} bytes (actorscheduler.agent.sandbox.max-artifact-size)");
    }
}
