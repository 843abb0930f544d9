using System.Net;
using ActorScheduler.Processes;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>Nodes as processes with a journal that they share, on loopback addresses of their own; what they keep goes with them.</summary>
internal sealed class Nodes(int count) : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly string Net = $"127.{20 + (Environment.ProcessId % 200)}.77";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bench-cluster-");
    private readonly Dictionary<int, NodeProcess> _processes = [];

    internal static string Program { get; } = Environment.GetEnvironmentVariable("ACTORSCHEDULER_PROGRAM")
        ?? throw new InvalidOperationException("ACTORSCHEDULER_PROGRAM names no program: scripts/bench sets it");

    internal string Contacts => string.Join(',', Enumerable.Range(1, count).Select(static number => $"{Net}.{number}:2551"));

    internal NodeProcess this[int number] => _processes[number];

    /// <summary>Starts a node, again if it ran before.</summary>
    internal void Start(int number)
    {
        string[] seeds = count > 1 ? ["--seeds", Contacts] : [];
        _processes[number] = NodeProcess.Start($"node {number}", Program,
        [
            "node", "--name", $"node-{number}", "--bind", $"{Net}.{number}:2551", "--http", $"{Net}.{number}:8080", "--containerizers", "simulated",
            "--data", Path.Combine(_folder.FullName, $"{number}"), "--journal", $"sqlite:{Path.Combine(_folder.FullName, "journal.db")}", .. seeds,
        ]);
    }

    internal static async Task Ready(int number) => await Answers(number, "health/ready");

    /// <summary>Waits until a node answers a question with success.</summary>
    internal static async Task Answers(int number, string path)
    {
        using var timer = new PeriodicTimer(Look);
        do
        {
            try
            {
                using HttpResponseMessage answer = await Http.GetAsync($"http://{Net}.{number}:8080/{path}");
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }
        }
        while (await timer.WaitForNextTickAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NodeProcess process in _processes.Values)
            await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
