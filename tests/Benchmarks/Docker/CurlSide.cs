using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorScheduler.Benchmarks.Docker;

/// <summary>
/// The same by way of curl: one process for each of those at once, which makes all its requests over one connection, so that
/// curl pays for no process and no connect within a round but its first.
/// </summary>
internal sealed class CurlSide(string socket)
{
    private const string Body =
        """{\"Image\":\"actorscheduler/busybox:1\",\"Cmd\":[\"true\"],\"Labels\":{\"actorscheduler.test\":\"benchmark\"},\"HostConfig\":{\"NetworkMode\":\"host\",\"LogConfig\":{\"Type\":\"none\"}}}""";

    private static int _names;

    public async Task<Round> RunAsync(int containers, int atOnce)
    {
        var plans = Enumerable.Range(0, atOnce)
            .Select(worker => Plan(containers / atOnce + (worker < containers % atOnce ? 1 : 0))).ToArray();
        var clock = Stopwatch.StartNew();
        var seconds = (await Task.WhenAll(plans.Select(CurlAsync)))
            .SelectMany(times => times.Chunk(4).Select(four => four.Sum() * 1000)).ToArray();
        return new Round(containers / clock.Elapsed.TotalSeconds, seconds);
    }

    public async Task<Round> PingAsync(int count)
    {
        var plan = new StringBuilder();
        Request(plan, "GET", $"_ping?[1-{count}]");
        var clock = Stopwatch.StartNew();
        var seconds = await CurlAsync(plan.ToString());
        return new Round(count / clock.Elapsed.TotalSeconds, [.. seconds.Select(one => one * 1000)]);
    }

    private string Plan(int containers)
    {
        var plan = new StringBuilder();
        for (var i = 0; i < containers; i++)
        {
            var name = $"benchmark-curl-{Environment.ProcessId}-{Interlocked.Increment(ref _names)}";
            Request(plan, "POST", $"v1.41/containers/create?name={name}", Body);
            Request(plan, "POST", $"v1.41/containers/{name}/start");
            Request(plan, "POST", $"v1.41/containers/{name}/wait");
            Request(plan, "DELETE", $"v1.41/containers/{name}?force=true");
        }

        return plan.ToString();
    }

    private void Request(StringBuilder plan, string method, string path, string? body = null)
    {
        if (plan.Length > 0) plan.AppendLine("next");
        plan.AppendLine(CultureInfo.InvariantCulture, $"unix-socket = \"{socket}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"request = \"{method}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"url = \"http://docker/{path}\"").AppendLine("output = \"/dev/null\"")
                .AppendLine("silent").AppendLine("fail")
            .AppendLine("write-out = \"%{stderr}%{time_total}\\n\"");
        if (body is not null) plan.AppendLine("header = \"Content-Type: application/json\"")
            .AppendLine(CultureInfo.InvariantCulture, $"data = \"{body}\"");
    }

    /// <summary>The seconds that each request took, in their order.</summary>
    private static async Task<IReadOnlyList<double>> CurlAsync(string plan)
    {
        var start = new ProcessStartInfo(
            "curl", ["--fail-early", "--config", "-"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var curl = Process.Start(start)!;
        await curl.StandardInput.WriteAsync(plan);
        curl.StandardInput.Close();
        var told = await curl.StandardError.ReadToEndAsync();
        await curl.WaitForExitAsync();
        if (curl.ExitCode != 0)
            throw new InvalidOperationException($"curl failed with {curl.ExitCode}: {told[..Math.Min(500, told.Length)]}");
        return [.. told.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }
}
