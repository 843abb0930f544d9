using ActorScheduler.Agent.Engines;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Node.Daemon;

/// <summary>
/// What <c>containerizers = [auto]</c> means on this host: docker where an engine answers when the node starts, and process. What was
/// chosen once stays chosen as long as the data folder is there: an engine that is down at the next start still has this agent's
/// containers, and without its containerizer their tasks would be given up.
/// </summary>
internal static class ContainerizerChoice
{
    internal const string Auto = "auto";

    private const string Docker = "docker";
    private const string Process = "process";
    private const string FileName = "containerizers";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>So long a starting node asks an engine whose socket is there: it may start itself, or its host be busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The names to use, <c>auto</c> resolved; remembered where there is a folder.</summary>
    /// <param name="names">As configured.</param>
    /// <param name="docker">The engine that would be used.</param>
    /// <param name="folder">The agent's folder, or null.</param>
    /// <param name="time">The clock.</param>
    internal static async Task<IReadOnlyList<string>> Resolve(IReadOnlyList<string> names, DockerSettings docker, string? folder, TimeProvider time)
    {
        if (!names.Contains(Auto))
            return names;
        string? file = folder is null ? null : Path.Combine(folder, FileName);
        string[] before = file is not null && File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        bool isDocker = before.Contains(Docker) || await WhyNoDocker(docker, time, Patience) is null;
        string[] chosen = Chosen(isDocker);
        if (file is not null && !chosen.SequenceEqual(before))
        {
            PrivateFiles.File(file);
            await File.WriteAllLinesAsync(file, chosen);
        }
        return [.. names.SelectMany(name => name == Auto ? chosen : [name]).Distinct()];
    }

    /// <summary>What the setting means for a node that would start here now, in one sentence.</summary>
    internal static async Task<string> Describe(NodeSettings settings, Config config)
    {
        DockerSettings docker = DockerSection.From(config);
        string? folder = settings.DataFolder is { } data && Path.Combine(data, "agent") is var agent && Directory.Exists(agent) ? agent : null;
        string? trouble = await WhyNoDocker(docker, TimeProvider.System, TimeSpan.Zero);
        string file = folder is null ? "" : Path.Combine(folder, FileName);
        bool isRemembered = trouble is not null && File.Exists(file) && (await File.ReadAllLinesAsync(file)).Contains(Docker);
        return $"containerizers: auto is {string.Join(", ", Chosen(trouble is null || isRemembered))} here: "
            + (trouble is null ? $"a Docker engine answers at {docker.Endpoint}" : isRemembered ? $"Docker was used before; now {trouble}" : trouble);
    }

    private static string[] Chosen(bool isDocker) => isDocker ? [Docker, Process] : [Process];

    /// <summary>Why the engine is of no use now, or null. One whose socket is there is asked for as long as the patience lasts.</summary>
    private static async Task<string?> WhyNoDocker(DockerSettings settings, TimeProvider time, TimeSpan patience)
    {
        long startedAt = time.GetTimestamp();
        while (true)
        {
            string? trouble = await Probe(settings, time);
            if (trouble is null || time.GetElapsedTime(startedAt) >= patience || settings.Endpoint.Scheme != "unix" || !File.Exists(settings.Endpoint.LocalPath))
                return trouble;
            await Task.Delay(Pause, time);
        }
    }

    private static async Task<string?> Probe(DockerSettings settings, TimeProvider time)
    {
        await using var engine = new DockerContainerizer(settings, time);
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            return await engine.Probe(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return $"it does not answer within {Limit.TotalSeconds:0} s";
        }
    }
}
