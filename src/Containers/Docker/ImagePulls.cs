using System.Globalization;
using ActorScheduler.Containers.Docker.Access;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>Pulls images: one that several containers wait for is pulled once, and given up when nobody waits any more.</summary>
/// <param name="engine">By whom.</param>
/// <param name="settings">How long.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told how far pulls have got, every few seconds each.</param>
internal sealed class ImagePulls(DockerEngine engine, DockerSettings settings, TimeProvider time, Action<string> log)
{
    private readonly Dictionary<PullKey, Pull> _underWay = [];
    private readonly Lock _lock = new();
    private readonly RegistryCredentials _credentials = new(settings);

    /// <summary>Ends when the image is here.</summary>
    /// <exception cref="ContainerException">It cannot be had; the message says why.</exception>
    /// <param name="image">Its name.</param>
    /// <param name="sandbox">The sandbox of the task that needs it, which may say as whom to pull; or null.</param>
    /// <param name="cancellation">The caller waits no more.</param>
    public async Task Get(string image, string? sandbox, CancellationToken cancellation)
    {
        Pull pull = Join(image, _credentials.Of(image, sandbox) ?? new AuthConfig());
        try
        {
            await pull.Done.WaitAsync(cancellation);
        }
        finally
        {
            await Leave(pull);
        }
    }

    /// <summary>The parameters of a pull: a name without a tag stands for the latest, where the engine would take all tags.</summary>
    internal static ImagesCreateParameters Parameters(string image)
    {
        bool hasDigest = image.Contains('@', StringComparison.Ordinal);
        bool hasTag = image.LastIndexOf(':') > image.LastIndexOf('/');
        return new ImagesCreateParameters { FromImage = image, Tag = hasDigest || hasTag ? null : "latest" };
    }

    private Pull Join(string image, AuthConfig auth)
    {
        // Who may not have it does not get it by one who may.
        var key = new PullKey(image, auth.ServerAddress, auth.Username, auth.Password, auth.IdentityToken, auth.RegistryToken);
        lock (_lock)
        {
            if (!_underWay.TryGetValue(key, out Pull? pull))
            {
                pull = new Pull(key, auth);
                _underWay[key] = pull;
                pull.Done = Task.Run(() => Run(pull));
            }
            pull.Waiting++;
            return pull;
        }
    }

    private async Task Leave(Pull pull)
    {
        lock (_lock)
        {
            if (--pull.Waiting > 0)
                return;
            if (_underWay.TryGetValue(pull.Key, out Pull? known) && ReferenceEquals(known, pull))
                _underWay.Remove(pull.Key);
        }
        await pull.GivenUp.CancelAsync();
    }

    private async Task Run(Pull pull)
    {
        using var silence = new CancellationTokenSource(settings.PullTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, pull.GivenUp.Token);
        var progress = new Progress(pull.Image, time, log, () => silence.CancelAfter(settings.PullTimeout));
        try
        {
            log($"image '{pull.Image}' is being pulled");
            await engine.Client.Images.CreateImageAsync(Parameters(pull.Image), pull.Auth, progress, either.Token);
        }
        catch (OperationCanceledException e) when (!pull.GivenUp.IsCancellationRequested)
        {
            throw new ContainerException($"container.image: pulling '{pull.Image}' stands still: the engine told nothing new for {settings.PullTimeout.TotalSeconds:0.#} s", e);
        }
        catch (DockerApiException e)
        {
            throw EngineProblems.OfPull(pull.Image, EngineProblems.Words(e), e);
        }
        catch (Exception e) when (e is not OperationCanceledException && engine.OnTheWay(e) is { } failure)
        {
            throw failure;
        }
        if (progress.Error is { } error)
            throw EngineProblems.OfPull(pull.Image, error);
        log($"image '{pull.Image}' is here");
    }

    private readonly record struct PullKey(string Image, string? Server, string? User, string? Password, string? IdentityToken, string? RegistryToken);

    private sealed class Pull(PullKey key, AuthConfig auth)
    {
        public PullKey Key => key;

        public string Image => key.Image;

        public AuthConfig Auth => auth;

        public Task Done { get; set; } = Task.CompletedTask;

        public int Waiting { get; set; }

        public CancellationTokenSource GivenUp { get; } = new();
    }

    private sealed class Progress(string image, TimeProvider time, Action<string> log, Action heard) : IProgress<JSONMessage>
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

        private readonly Dictionary<string, (long Current, long Total, bool IsDone)> _layers = new(StringComparer.Ordinal);
        private long _toldAt = time.GetTimestamp();

        public string? Error { get; private set; }

        public void Report(JSONMessage value)
        {
            heard();
            if (value.ErrorMessage is { Length: > 0 } || value.Error is not null)
                Error = value.ErrorMessage ?? value.Error?.Message ?? "no reason given";
            if (value.ID is not { Length: > 0 } layer || value.Status is not { } status || status.StartsWith("Pulling from", StringComparison.Ordinal))
                return;
            (long current, long total, _) = _layers.GetValueOrDefault(layer);
            bool isDownloading = status == "Downloading" && value.Progress is { Total: > 0 };
            _layers[layer] = (
                isDownloading ? value.Progress.Current : status is "Download complete" or "Pull complete" ? total : current,
                isDownloading ? value.Progress.Total : total, status is "Pull complete" or "Already exists");
            if (time.GetElapsedTime(_toldAt) < Interval)
                return;
            _toldAt = time.GetTimestamp();
            log(string.Create(
                CultureInfo.InvariantCulture,
                $"image '{image}': {_layers.Values.Count(static part => part.IsDone)} of {_layers.Count} layers, {Mebi(_layers.Values.Sum(static part => part.Current))} of {Mebi(_layers.Values.Sum(static part => part.Total))} MiB"));
        }

        private static long Mebi(long bytes) => bytes >> 20;
    }
}
