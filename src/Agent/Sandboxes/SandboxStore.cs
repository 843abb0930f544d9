using ActorScheduler.Containers;
using ActorScheduler.Containers.Files;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>An agent's sandboxes: prepared before a container starts, removed some time after it has ended.</summary>
internal sealed class SandboxStore : IDisposable
{
    private const UnixFileMode OwnersMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Images have users of their own, of which the host knows nothing, and any of them may write. The folder above keeps others out.</summary>
    private const UnixFileMode ImagesMode = OwnersMode
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly SandboxSettings _settings;
    private readonly TimeProvider _time;
    private readonly Downloads _downloads;
    private readonly Fetcher _fetcher;

    /// <param name="folder">The agent's data folder.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="time">The clock.</param>
    public SandboxStore(string folder, SandboxSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        Folders = new SandboxFolders(Path.GetFullPath(folder));
        Volumes = new VolumeStore(Folders);
        Sizes = new SandboxSizes(Folders, settings.DiskInterval, time);
        _downloads = new Downloads(settings, time);
        _fetcher = new Fetcher(settings, _downloads, new FetchCache(Folders.Cache, settings.CacheSize, _downloads, time), time);
    }

    /// <summary>Where they are.</summary>
    public SandboxFolders Folders { get; }

    /// <summary>Persistent volumes.</summary>
    public VolumeStore Volumes { get; }

    /// <summary>How much is in them.</summary>
    public SandboxSizes Sizes { get; }

    /// <summary>How often it is looked what tasks take of the disk, to end those that take more than they have; null when none is ended for that.</summary>
    public TimeSpan? DiskInterval => _settings.EnforceDisk ? _settings.DiskInterval : null;

    /// <summary>
    /// Why no more tasks may start here, since the disk of all sandboxes is nearly full; null when it is not. What runs goes on, and what has ended is
    /// removed the sooner.
    /// </summary>
    /// <param name="wasFull">Whether it was so the last time: then a little more room is needed, so that it does not change again and again.</param>
    public string? WhyFull(bool wasFull)
    {
        try
        {
            DriveInfo disk = Disk();
            long needed = (long)(disk.TotalSize * _settings.MinFree);
            return disk.AvailableFreeSpace >= (wasFull ? needed + (needed / 4) : needed)
                ? null
                : $"only {disk.AvailableFreeSpace >> 20} MiB of {disk.TotalSize >> 20} are free on the disk of its sandboxes (actorscheduler.agent.sandbox.min-free)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"the disk of its sandboxes cannot be looked at: {e.Message}";
        }
    }

    /// <summary>An order with its sandbox and its persistent volumes, which are not made yet.</summary>
    /// <exception cref="SandboxException">A volume's id is not the name of a folder.</exception>
    public ContainerOrder Place(ContainerOrder order) =>
        order with { Sandbox = Folders.SandboxFor(order.RunId, order.Task.Kind), Mounts = Folders.MountsOf(order.Task) };

    /// <summary>What is to be fetched for a task, its executor's included.</summary>
    public static IReadOnlyList<Artifact> ArtifactsOf(TaskInfo task) => [.. task.Executor?.Command?.Artifacts ?? [], .. task.Command?.Artifacts ?? []];

    /// <summary>
    /// Makes an order's folders and fetches its artifacts. Nothing runs in them yet; what an interrupted attempt left is gone.
    /// </summary>
    /// <exception cref="SandboxException">It cannot be done; the message says why.</exception>
    public async Task Prepare(ContainerOrder order, CancellationToken cancellation)
    {
        string sandbox = order.Sandbox!;
        try
        {
            Account? owner = await Task.Run(() => Make(order, sandbox), cancellation);
            if (SandboxFolders.VolumesOf(order.Task).Any())
                await Volumes.Prepare(order.Task, owner).WaitAsync(cancellation);
            if (ArtifactsOf(order.Task) is not { Count: > 0 } artifacts)
                return;
            await Fetch(artifacts, sandbox, owner, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"sandbox: {e.Message}", e);
        }
    }

    /// <summary>A run has ended: its age counts from now on.</summary>
    public void Ended(string runId)
    {
        Sizes.Forget(runId);
        string sandbox = Folders.SandboxOf(runId);
        try
        {
            if (Directory.Exists(sandbox))
                Directory.SetLastWriteTimeUtc(sandbox, _time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the last change of the folder itself counts.
        }
    }

    /// <summary>Run ids of all sandboxes.</summary>
    public IReadOnlyList<string> List() =>
    [
        .. new[] { Folders.Sandboxes, Folders.Closed }.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Select(Path.GetFileName).OfType<string>().Where(SandboxFolders.IsRunId),
    ];

    /// <summary>How long sandboxes may be kept now: shorter as the disk fills.</summary>
    public TimeSpan MaxAge()
    {
        DriveInfo disk = Disk();
        return MaxAge(_settings, 1 - (double)disk.AvailableFreeSpace / disk.TotalSize);
    }

    /// <summary>Mesos's rule: the whole age on an empty disk, none when less than the headroom is free.</summary>
    internal static TimeSpan MaxAge(SandboxSettings settings, double usedPart) => settings.GcAge * Math.Max(0, 1 - settings.GcHeadroom - usedPart);

    /// <summary>Removes sandboxes that are older than is allowed now.</summary>
    /// <param name="ended">Runs that have ended, and that nobody will start again.</param>
    /// <param name="maxAge">Allowed age.</param>
    /// <returns>Those that were removed, and those that could not be with the reason of each.</returns>
    public (IReadOnlyList<string> Removed, IReadOnlyDictionary<string, string> Failed) Collect(IEnumerable<string> ended, TimeSpan maxAge)
    {
        var removed = new List<string>();
        var failed = new Dictionary<string, string>(StringComparer.Ordinal);
        DateTime now = _time.GetUtcNow().UtcDateTime;
        foreach (string run in ended)
        {
            string sandbox = Folders.SandboxOf(run);
            try
            {
                if (Directory.Exists(sandbox) && now - Directory.GetLastWriteTimeUtc(sandbox) < maxAge)
                    continue;
                Tree.Delete(sandbox);
                File.Delete(Folders.RunFile(run));
                removed.Add(run);
            }
#pragma warning disable CA1031 // Whatever a task has made of its own sandbox, those of the others are collected.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failed[run] = e.Message;
            }
        }
        return (removed, failed);
    }

    public void Dispose() => _downloads.Dispose();

    /// <summary>All of them, for the sandbox's owner, or nothing: what is half there fills the disk and helps nobody.</summary>
    private async Task Fetch(IReadOnlyList<Artifact> artifacts, string sandbox, Account? owner, CancellationToken cancellation)
    {
        bool isWhole = false;
        try
        {
            await _fetcher.Fetch(artifacts, sandbox, owner, cancellation);
            if (owner is not null)
                await Task.Run(() => owner.Own(sandbox), cancellation);
            isWhole = true;
        }
        finally
        {
            if (!isWhole)
                await Task.Run(() => TryClear(sandbox), CancellationToken.None);
        }
    }

    private static void TryClear(string sandbox)
    {
        try
        {
            Tree.Clear(sandbox);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Why it was not fetched is told; what is left goes with the sandbox, whose collector names it.
        }
    }

    private DriveInfo Disk()
    {
        PrivateFiles.Passage(Folders.Sandboxes);
        return new DriveInfo(Folders.Sandboxes);
    }

    /// <summary>Whatever the agent's own mask takes away, and whatever it was before.</summary>
    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    private Account? Make(ContainerOrder order, string sandbox)
    {
        Tree.Delete(sandbox);
        new RunRecord(order.RunId, order.FrameworkId.Value, order.Task.Id.Value, _time.GetUtcNow()).Save(Folders);
        PrivateFiles.Passage(Folders.Sandboxes);
        bool isClosed = Path.GetDirectoryName(sandbox) == Folders.Closed;
        if (isClosed)
            SetMode(PrivateFiles.Folder(Folders.Closed), OwnersMode);
        Directory.CreateDirectory(sandbox);
        SetMode(sandbox, isClosed ? ImagesMode : OwnersMode);
        var owner = Account.ToOwn(order.User);
        owner?.Own(sandbox, deep: false);
        return owner;
    }
}
