using System.Diagnostics;
using System.Net;
using ActorScheduler.Cli.Commands;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs;

/// <summary>The program as processes, on loopback addresses that no other run uses, with a folder that goes with the test.</summary>
internal sealed class Asched : IAsyncLifetime
{
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static int _runs;

    private readonly int _run = Interlocked.Increment(ref _runs);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("asched-specs-");
    private readonly List<NodeProcess> _processes = [];

    internal string Folder => _folder.FullName;

    /// <summary>The address of a number.</summary>
    internal string Host(int number) => $"127.{20 + (Environment.ProcessId % 200)}.{100 + _run}.{number}";

    internal string Contact(int number) => $"{Host(number)}:2551";

    internal string Url(int number) => $"http://{Host(number)}:8080";

    /// <summary>Starts the program.</summary>
    internal NodeProcess Start(string name, params string[] arguments)
    {
        var process = NodeProcess.Start(name, NodeProgram.Assembly, arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts a node at the address of a number, with a data folder of its own.</summary>
    internal NodeProcess Node(int number, params string[] more) => Start($"node {number}", NodeArguments(number, more));

    private string[] NodeArguments(int number, string[] more) =>
        ["node", "--name", $"node-{number}", "--bind", Contact(number), "--http", $"{Host(number)}:8080", "--data", Path.Combine(Folder, $"{number}"), "--resources", "cpus:1;mem:100", .. more];

    /// <summary>The same with a limit of the files that it may open.</summary>
    internal NodeProcess Limited(int number, int files, params string[] more)
    {
        NodeProcess process = NodeProcess.Start($"node {number}", NodeProgram.Assembly, NodeArguments(number, more), files: files);
        _processes.Add(process);
        return process;
    }

    /// <summary>Waits until a health page has this status, and gives it.</summary>
    internal static async Task<string> Answers(string url, HttpStatusCode status, NodeProcess of)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var last = "nothing";
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Stopwatch.GetElapsedTime(startedAt) < Limit && await timer.WaitForNextTickAsync())
        {
            try
            {
                using HttpResponseMessage answer = await Http.GetAsync(url);
                last = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode == status)
                    return last;
            }
            // On a busy machine it may have taken the request and be slow to answer.
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                last = e.Message;
            }
        }
        throw new TimeoutException($"{url} was not {status} within {Limit}, but: {last}{Environment.NewLine}{string.Join(Environment.NewLine, of.Lines)}");
    }

    /// <summary>Runs a command in this process.</summary>
    internal static async Task<string> Says(params string[] arguments)
    {
        (int code, string answer) = await Run(arguments);
        return code == 0 ? answer : throw new InvalidOperationException($"asched {string.Join(' ', arguments)} ended with {code}: {answer}");
    }

    /// <summary>Runs a command that does not do what it should, and gives its code and what it says.</summary>
    internal static async Task<(int Code, string Error)> Fails(params string[] arguments)
    {
        (int code, string answer) = await Run(arguments);
        return code != 0 ? (code, answer) : throw new InvalidOperationException($"asched {string.Join(' ', arguments)} did it: {answer}");
    }

    /// <summary>Runs a command until its answer fits. Meanwhile there may be no master to answer.</summary>
    internal static async Task<string> SaysSoon(Predicate<string> fits, params string[] arguments)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var last = "";
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (Stopwatch.GetElapsedTime(startedAt) < Limit && await timer.WaitForNextTickAsync())
        {
            (int code, last) = await Run(arguments);
            if (code == 0 && fits(last))
                return last;
            if (code is not 0 and not (int)ExitCode.NoAnswer)
                break;
        }
        throw new TimeoutException($"asched {string.Join(' ', arguments)} did not say what was waited for within {Limit}, but: {last}");
    }

    /// <summary>Writes a file that only its owner reads, as a whole.</summary>
    internal string Kept(string name, params string[] lines)
    {
        string file = Path.Combine(Folder, name), whole = $"{file}.new";
        File.WriteAllLines(whole, lines);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(whole, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(whole, file, overwrite: true);
        return file;
    }

    private static async Task<(int Code, string Answer)> Run(string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = await CommandTree.Run(arguments, output, error);
        return (code, code == 0 ? output.ToString() : error.ToString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (NodeProcess process in _processes)
            await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
