using ActorScheduler.Agent.Containers.Docker;
using ActorScheduler.Node.Configuration;

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

    /// <summary>The names to use, <c>auto</c> resolved; remembered where there is a folder.</summary>
    /// <param name="names">As configured.</param>
    /// <param name="docker">The engine that would be used.</param>
    /// <param name="folder">The agent's folder, or null.</param>
    internal static async Task<IReadOnlyList<string>> Resolve(IReadOnlyList<string> names, DockerSettings docker, string? folder)
    {
        if (!names.Contains(Auto))
            return names;
        string? file = folder is null ? null : Path.Combine(folder, FileName);
        string[] before = file is not null && File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
        bool isDocker = before.Contains(Docker) || await WhyNoDocker(docker) is null;
        string[] chosen = Chosen(isDocker);
        if (file is not null && !chosen.SequenceEqual(before))
            await File.WriteAllLinesAsync(file, chosen);
        return [.. names.SelectMany(name => name == Auto ? chosen : [name]).Distinct()];
    }

    /// <summary>What the setting means for a node that would start here now, in one sentence.</summary>
    internal static async Task<string> Describe(NodeSettings settings, DockerSettings docker)
    {
        string? folder = settings.DataFolder is { } data && Path.Combine(data, "agent") is var agent && Directory.Exists(agent) ? agent : null;
        string? trouble = await WhyNoDocker(docker);
        string file = folder is null ? "" : Path.Combine(folder, FileName);
        bool isRemembered = trouble is not null && File.Exists(file) && (await File.ReadAllLinesAsync(file)).Contains(Docker);
        return $"containerizers: auto is {string.Join(", ", Chosen(trouble is null || isRemembered))} here: "
            + (trouble is null ? $"a Docker engine answers at {docker.Endpoint}" : isRemembered ? $"Docker was used before; now {trouble}" : trouble);
    }

    private static string[] Chosen(bool isDocker) => isDocker ? [Docker, Process] : [Process];

    /// <summary>Why the engine is of no use now, or null.</summary>
    internal static async Task<string?> WhyNoDocker(DockerSettings settings)
    {
        await using var engine = new DockerContainerizer(settings, TimeProvider.System);
        using var limit = new CancellationTokenSource(Limit);
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
