using System.Diagnostics;
using Npgsql;

namespace ActorScheduler.Journal.Specs.Harness;

/// <summary>The server that the variable POSTGRES names.</summary>
internal static class PostgresServer
{
    internal static string? Connection { get; } = Environment.GetEnvironmentVariable("POSTGRES") is { Length: > 0 } given ? given : null;

    /// <summary>A database of its own for a fact.</summary>
    internal static async Task<string> NewDatabase()
    {
        string name = $"journal_{Guid.NewGuid():N}";
        await Run(Connection ?? throw new InvalidOperationException("POSTGRES names no server"), $"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ConnectionString;
    }

    internal static async Task Run(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Constants of the specs.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Restarts it; ends all its sessions, when it is not the server of scripts/postgres and so not ours to restart.</summary>
    internal static async Task Restart()
    {
        if (Script("status").Contains($"POSTGRES={Connection}", StringComparison.Ordinal) && Script("restart").Contains("POSTGRES=", StringComparison.Ordinal))
            return;
        await Run(Connection!, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'journal_%'");
    }

    private static string Script(string command)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "scripts", "postgres")))
            folder = folder.Parent;
        if (folder is null)
            return "";
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, "scripts", "postgres"), command)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
