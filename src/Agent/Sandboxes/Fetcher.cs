using ActorScheduler.Agent.Sandboxes.Unpacking;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>Fetches artifacts into a sandbox, one after the other.</summary>
internal sealed class Fetcher(SandboxSettings settings, Downloads downloads, FetchCache cache, TimeProvider time)
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Fetches and unpacks.</summary>
    /// <param name="artifacts">What.</param>
    /// <param name="sandbox">Where to; nothing runs in it yet.</param>
    /// <param name="owner">For whom, when that is not the agent's own user: only what everybody may read is copied for others.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SandboxException">Something cannot be fetched; the message names its address and the reason.</exception>
    public async Task Fetch(IReadOnlyList<Artifact> artifacts, string sandbox, Account? owner, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(settings.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        foreach (Artifact artifact in artifacts)
        {
            try
            {
                await Fetch(artifact, sandbox, owner, either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: not fetched within {settings.FetchTimeout.TotalSeconds:0.###} s");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: {e.Message}", e);
            }
        }
    }

    /// <summary>What an artifact is called in the sandbox; null when its address has no last part.</summary>
    internal static string? NameOf(Artifact artifact, Uri uri) =>
        artifact.OutputFile is { Length: > 0 } name ? name
        : Uri.UnescapeDataString(uri.Segments.LastOrDefault() ?? "") is { } last && last.Trim('/') is { Length: > 0 } file && !file.Contains('/', StringComparison.Ordinal) ? file
        : null;

    private async Task Fetch(Artifact artifact, string sandbox, Account? owner, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(artifact.Uri, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https" or "file"))
            throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: it is no http, https or file address");
        if (NameOf(artifact, uri) is not { } name)
            throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: its address does not say a name; set output_file");
        if (SandboxPath.ForWriting(sandbox, name) is not { } path)
            throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: its name '{name}' leads out of the sandbox");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Archive kind = artifact is { Extract: true, Executable: false } ? Archives.Of(name) : Archive.None;
        // This host's files are no quicker from a copy, and each user may read others.
        if (artifact.Cache && !uri.IsFile)
            await cache.Use(uri, file => kind == Archive.None ? Copy(file, path, cancellation) : Unpack(artifact, file, kind, sandbox, path, cancellation), cancellation);
        else
        {
            await downloads.Get(uri, path, known: null, owner, cancellation);
            if (kind != Archive.None)
                await Unpack(artifact, path, kind, sandbox, path, cancellation);
        }
        if (artifact.Executable && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Executable);
    }

    /// <summary>Unpacks to where the artifact lies; a single packed file loses the ending of its name.</summary>
    private async Task Unpack(Artifact artifact, string file, Archive kind, string sandbox, string path, CancellationToken cancellation)
    {
        try
        {
            var limits = new UnpackLimits(settings.MaxUnpackedSize);
            await Task.Run(() => Unpacker.Unpack(file, kind, sandbox, path, limits, cancellation), cancellation);
        }
        catch (SandboxException e)
        {
            throw new SandboxException($"{ArtifactAddress.Show(artifact.Uri)}: {e.Message}", e);
        }
    }

    private static async Task Copy(string from, string to, CancellationToken cancellation)
    {
        File.Delete(to);
        await using FileStream source = File.OpenRead(from);
        await using var target = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        await source.CopyToAsync(target, cancellation);
    }
}
