using ActorScheduler.Benchmarks.Docker;

// Prints 'metric value unit' lines: this client beside curl on the same socket, in turn, in one run.
// Arguments: [containers a round (default 24)] [rounds (default 4)]. The engine is DOCKER_HOST's.
var socket = Environment.GetEnvironmentVariable("DOCKER_HOST") is { } host && host.StartsWith("unix://", StringComparison.Ordinal)
    ? host["unix://".Length..]
    : "/var/run/docker.sock";
if (!File.Exists(socket))
{
    await Console.Error.WriteLineAsync(
        $"No engine at {socket}. Run: eval \"$(scripts/docker start | tail -1 | sed 's/^/export /')\"; scripts/docker image");
    return 2;
}

var containers = args.Length > 0 ? int.Parse(args[0]) : 24;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 4;
using var client = new ClientSide(socket);
var curl = new CurlSide(socket);
await client.RunAsync(8, 2);
await curl.RunAsync(8, 2);

foreach (var atOnce in new[] { 1, 4, 8 })
{
    var (ours, theirs) = (new List<Round>(), new List<Round>());
    for (var i = 0; i < rounds; i++)
    {
        // Who goes first changes, as the engine has still to clean up behind the round before.
        if (i % 2 == 0) theirs.Add(await curl.RunAsync(containers, atOnce));
        ours.Add(await client.RunAsync(containers, atOnce));
        if (i % 2 == 1) theirs.Add(await curl.RunAsync(containers, atOnce));
    }

    Report.Print($"docker-create-start-wait-remove-{atOnce}", ours, theirs, "containers/s");
}

var (pings, curlPings) = (new List<Round>(), new List<Round>());
for (var i = 0; i < rounds; i++)
{
    curlPings.Add(await curl.PingAsync(3000));
    pings.Add(await client.PingAsync(3000));
}

Report.Print("docker-ping-1", pings, curlPings, "requests/s");
return 0;
