using ActorScheduler.Containers.Files;
using System.Collections.Concurrent;
using System.Text.Json;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// The state folder: one folder for each run with <c>run.json</c> (<see cref="RunFacts"/>) and <c>end</c>
/// (<see cref="RunResult"/>), readable by the agent's user alone.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class RunStore(string root)
{
    private const string FactsFile = "run.json";
    private const string ResultFileName = "end";
    private const string SparePrefix = ".spare-";
    private const int MostSpares = 64;
    private const int PrivateMode = 0x1c0;
    private const string ClaimedPrefix = ".claimed-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root = Path.GetFullPath(root);
    private readonly ConcurrentBag<string> _spares =
        [.. Directory.Exists(root) ? Directory.EnumerateDirectories(Path.GetFullPath(root), SparePrefix + "*").Take(MostSpares) : []];

    /// <summary>Whether a text can be a run id: it names folders and control groups.</summary>
    public static bool IsRunId(string text) =>
        text.Length is > 0 and <= 128 && text[0] != '.' && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Where a run's supervisor writes. The path names the run, so it tells its supervisor from other processes too.</summary>
    public string ResultFile(string run) => Path.Combine(_root, run, ResultFileName);

    /// <summary>The run whose result a path is; null for any other text.</summary>
    public string? RunOf(string path) =>
        path.StartsWith(_root, StringComparison.Ordinal) && Path.GetDirectoryName(path) is { } folder && Path.GetFileName(folder) is var run && IsRunId(run) && path == ResultFile(run)
            ? run
            : null;

    /// <summary>A run's folder.</summary>
    public string FolderOf(string run) => Path.Combine(_root, run);

    /// <summary>Keeps what is known of a run before anything of it is started.</summary>
    public void Keep(RunFacts facts)
    {
        string folder = Path.Combine(_root, facts.RunId);
        if (TryReuse(facts, folder))
            return;
        try
        {
            Kernel.MakeFolder(folder, PrivateMode);
        }
        catch (IOException)
        {
            // The root is missing, or others that begin at the same time are just making it.
            Make(_root);
            Kernel.MakeFolder(folder, PrivateMode);
        }
        // The result is written last: without it there is no run.
        Write(folder, facts);
    }

    /// <summary>What is known of a run; null when there is none.</summary>
    public RunFacts? Find(string run)
    {
        try
        {
            if (!File.Exists(ResultFile(run)))
                return null;
            return JsonSerializer.Deserialize<RunFacts>(File.ReadAllBytes(Path.Combine(_root, run, FactsFile)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            // Only a host that lost its power leaves such a file: nothing of the run is there any more.
            return new RunFacts(run, "", "", 0, "", "", null, false, new Dictionary<string, string>());
        }
    }

    /// <summary>What a run's supervisor has written; nothing when there is no such run.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="supervisor">Its supervisor while that is there: it has the file open, also when somebody has deleted it.</param>
    public RunResult Result(string run, int? supervisor = null)
    {
        try
        {
            return RunResult.Parse(File.ReadAllText(ResultFile(run)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return RunResult.Parse(supervisor is { } process ? Kernel.ReadFile($"/proc/{process}/fd/{Supervisor.ResultDescriptor}") : "");
        }
    }

    /// <summary>All runs that there are.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(_root)
        ? [.. Directory.EnumerateDirectories(_root).Select(static folder => Path.GetFileName(folder)).Where(IsRunId)]
        : [];

    /// <summary>
    /// Takes the folder away from a supervisor that may be about to begin: without it, it begins nothing. What had begun has its
    /// number in the result.
    /// </summary>
    public RunResult Claim(string run)
    {
        string claimed = Path.Combine(_root, ClaimedPrefix + run);
        Delete(claimed);
        Directory.Move(Path.Combine(_root, run), claimed);
        return RunResult.Parse(File.ReadAllText(Path.Combine(claimed, "end")));
    }

    /// <summary>What a claimed run's supervisor has written by now. Then it can be given back or dropped.</summary>
    public RunResult Unclaim(string run, bool drop)
    {
        string claimed = Path.Combine(_root, ClaimedPrefix + run);
        var result = RunResult.Parse(File.ReadAllText(Path.Combine(claimed, "end")));
        if (drop && result.Supervisor is null)
            Delete(claimed);
        else
            Directory.Move(claimed, Path.Combine(_root, run));
        return result;
    }

    /// <summary>Forgets a run. Its files are used again by another one: to make and delete some for each costs disks more than to write them.</summary>
    public void Drop(string run)
    {
        string folder = Path.Combine(_root, run);
        if (_spares.Count >= MostSpares || !TrySpare(folder))
            Delete(folder);
    }

    private static void Delete(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, FactsFile));
            File.Delete(Path.Combine(folder, "end"));
            if (!Kernel.RemoveFolder(folder))
                Tree.Delete(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // Forgotten already.
        }
    }

    /// <summary>Whether runs can be kept: null, or why not.</summary>
    public string? Probe()
    {
        try
        {
            Make(_root);
            string trial = Path.Combine(_root, ".trial");
            File.WriteAllBytes(trial, RunResult.Blank);
            File.Delete(trial);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"processes: state cannot be kept in {_root}: {e.Message}";
        }
    }

    private static void Write(string folder, RunFacts facts)
    {
        Kernel.MakeFile(Path.Combine(folder, FactsFile), JsonSerializer.SerializeToUtf8Bytes(facts));
        Kernel.MakeFile(Path.Combine(folder, ResultFileName), RunResult.Blank);
    }

    private bool TrySpare(string folder)
    {
        string spare = Path.Combine(_root, $"{SparePrefix}{Guid.NewGuid():N}");
        try
        {
            Kernel.Rename(folder, spare);
            // It may hold secrets of the task.
            Kernel.MakeFile(Path.Combine(spare, FactsFile), []);
            _spares.Add(spare);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>There is no run before the folder has its name, and then all of it is there.</summary>
    private bool TryReuse(RunFacts facts, string folder)
    {
        if (!_spares.TryTake(out string? spare))
            return false;
        try
        {
            Write(spare, facts);
            Kernel.Rename(spare, folder);
            return true;
        }
        catch (IOException)
        {
            Delete(spare);
            return false;
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            throw new ContainerException("plain processes are run on Linux only");
        Directory.CreateDirectory(folder, Private);
    }
}
