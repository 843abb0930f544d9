using System.Diagnostics;
using System.Globalization;

namespace ActorScheduler.Promises.Specs.Harness;

/// <summary>A PostgreSQL server of its own, in a folder that goes with it, by scripts/postgres. It can be killed and paused.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private PostgresServer(DirectoryInfo folder, string connection) => (_folder, Connection) = (folder, connection);

    /// <summary>How to connect to it. It stays the same over restarts.</summary>
    public string Connection { get; }

    /// <summary>Why there can be none here; null where one can be. Where all tests are required it is not asked.</summary>
    public static string? Missing =>
        Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") == "1" || Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 }
            ? null : "POSTGRES names no server; 'scripts/postgres start' installs and starts one and prints its line";

    /// <summary>Makes one and starts it.</summary>
    public static async Task<PostgresServer> Start()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("promises-postgres-");
        string line = (await Script(folder, "start")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        return new PostgresServer(folder, line["POSTGRES=".Length..]);
    }

    /// <summary>Starts it again, wherever it was; sessions are cut off.</summary>
    public Task Restart() => Script(_folder, "restart");

    /// <summary>Kills all of it at once, with nothing cleaned up.</summary>
    public async Task Kill()
    {
        int[] processes = Processes();
        await Signal("KILL", processes);
        foreach (int process in processes)
            await Gone(process);
    }

    /// <summary>It stands still: sessions stay open and nothing is answered.</summary>
    public Task Pause() => Signal("STOP", Processes());

    /// <summary>It goes on.</summary>
    public Task Resume() => Signal("CONT", Processes());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Resume();
        await Script(_folder, "stop");
        _folder.Delete(recursive: true);
    }

    /// <summary>The server and its children.</summary>
    private int[] Processes()
    {
        string file = Path.Combine(_folder.FullName, "data", "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).First(), NumberStyles.None, CultureInfo.InvariantCulture, out int server))
            return [];
        string children = $"/proc/{server}/task/{server}/children";
        return File.Exists(children)
            ? [server, .. File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static id => int.Parse(id, CultureInfo.InvariantCulture))]
            : [];
    }

    private static async Task Signal(string name, int[] processes)
    {
        if (processes.Length > 0)
            await Run("kill", [$"-{name}", .. processes.Select(static id => $"{id}")], folder: null);
    }

    private static async Task Gone(int process)
    {
        try
        {
            await Process.GetProcessById(process).WaitForExitAsync();
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }

    private static Task<string> Script(DirectoryInfo folder, string command)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "scripts", "postgres")))
            root = root.Parent;
        return Run(Path.Combine(root!.FullName, "scripts", "postgres"), [command], folder);
    }

    private static async Task<string> Run(string program, string[] arguments, DirectoryInfo? folder)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["ACTORSCHEDULER_POSTGRES_DIR"] = folder?.FullName;
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode is 0 or 1 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }
}
