using System.Diagnostics;
using Akka.Persistence.Sql.Specs.Stores;
using Npgsql;

namespace Akka.Persistence.Sql.Specs.Faults;

/// <summary>The server of scripts/postgres, when it is the one that the specs use.</summary>
internal static class PrivatePostgres
{
    /// <summary>Restarts it; false when the specs use another server, which is not theirs to restart.</summary>
    internal static bool TryRestart() => Script("status").Contains($"POSTGRES={Databases.Postgres}", StringComparison.Ordinal)
        && Script("restart").Contains("POSTGRES=", StringComparison.Ordinal);

    /// <summary>Ends the sessions of writers, as a restart does.</summary>
    internal static void EndSessions()
    {
        using var admin = new NpgsqlConnection(Databases.Postgres);
        admin.Open();
        using var end = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%unnest%' AND datname = current_database()", admin);
        end.ExecuteNonQuery();
    }

    private static string Script(string command)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "scripts", "postgres"))) folder = folder.Parent;
        if (folder is null) return "";
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder.FullName, "scripts", "postgres"), command)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
