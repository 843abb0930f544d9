using System.Globalization;
using ActorScheduler.Benchmarks.Persistence;

// Prints 'metric value unit' lines for persistence. Arguments: sqlite, postgres (default: both that there are); --rounds N.
// SQLite uses a file in --folder (default: a new temporary one); PostgreSQL is the one that the variable POSTGRES names.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = 3;
string? folder = null;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length) rounds = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else if (args[i] == "--folder" && i + 1 < args.Length) folder = args[++i];
    else names.Add(args[i]);
}

if (names.FirstOrDefault(name => name is not ("sqlite" or "postgres")) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. Known: sqlite, postgres");
    return 2;
}

var postgres = Environment.GetEnvironmentVariable("POSTGRES");
if (names.Count == 0 || names.Contains("sqlite"))
{
    var temporary = folder is null ? Directory.CreateTempSubdirectory("bench-persistence-") : null;
    var file = Path.Combine(folder ?? temporary!.FullName, $"bench-{Environment.ProcessId}.db");
    await Persisting.Measure("sqlite", "SQLite.MS", $"Data Source={file}", rounds);
    temporary?.Delete(recursive: true);
}

if (names.Contains("postgres") && postgres is null)
{
    await Console.Error.WriteLineAsync("POSTGRES names no server; 'scripts/postgres start' starts one and prints its line");
    return 2;
}

if (postgres is not null && (names.Count == 0 || names.Contains("postgres")))
    await Persisting.Measure("postgres", "PostgreSQL.15", postgres, rounds);
return 0;
