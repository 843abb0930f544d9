using System.Text.Json;
using ActorScheduler.Agent.Containers.Processes.Host;

namespace ActorScheduler.Agent.Containers.Processes;

/// <summary>
/// The state folder: one folder for each run with <c>run.json</c> (<see cref="RunFacts"/>) and <c>end</c>
/// (<see cref="RunResult"/>), readable by the agent's user alone.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class RunStore(string root)
{
    private const string FactsFile = "run.json";
    private const int PrivateMode = 0x1c0;
    private const string ClaimedPrefix = ".claimed-";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _root = Path.GetFullPath(root);

    /// <summary>Whether a text can be a run id: it names folders and control groups.</summary>
    public static bool IsRunId(string text) =>
        text.Length is > 0 and <= 128 && text[0] != '.' && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <summary>Where a run's supervisor writes. The path names the run, so it tells its supervisor from other processes too.</summary>
    public string ResultFile(string run) => Path.Combine(_root, run, "end");

    /// <summary>Keeps what is known of a run before anything of it is started.</summary>
    public void Keep(RunFacts facts)
    {
        string folder = Path.Combine(_root, facts.RunId);
        try
        {
            Kernel.MakeFolder(folder, PrivateMode);
        }
        catch (IOException) when (!Directory.Exists(_root))
        {
            Make(_root);
            Kernel.MakeFolder(folder, PrivateMode);
        }
        Kernel.MakeFile(Path.Combine(folder, FactsFile), JsonSerializer.SerializeToUtf8Bytes(facts));
        // Written last: without it there is no run.
        Kernel.MakeFile(ResultFile(facts.RunId), RunResult.Blank);
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
    public RunResult Result(string run)
    {
        try
        {
            return RunResult.Parse(File.ReadAllText(ResultFile(run)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return RunResult.Parse("");
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
        Drop(claimed);
        Directory.Move(Path.Combine(_root, run), claimed);
        return RunResult.Parse(File.ReadAllText(Path.Combine(claimed, "end")));
    }

    /// <summary>What a claimed run's supervisor has written by now. Then it can be given back or dropped.</summary>
    public RunResult Unclaim(string run, bool drop)
    {
        string claimed = Path.Combine(_root, ClaimedPrefix + run);
        var result = RunResult.Parse(File.ReadAllText(Path.Combine(claimed, "end")));
        if (drop && result.Supervisor is null)
            Drop(claimed);
        else
            Directory.Move(claimed, Path.Combine(_root, run));
        return result;
    }

    /// <summary>Forgets a run.</summary>
    public void Drop(string run)
    {
        try
        {
            string folder = Path.Combine(_root, run);
            File.Delete(Path.Combine(folder, FactsFile));
            File.Delete(Path.Combine(folder, "end"));
            if (!Kernel.RemoveFolder(folder))
                Directory.Delete(folder, recursive: true);
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

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            throw new ContainerException("plain processes are run on Linux only");
        Directory.CreateDirectory(folder, Private);
    }
}
