using ActorScheduler.Model;

namespace ActorScheduler.Cli.Runs;

/// <summary>What is to be run once.</summary>
internal sealed record RunRequest
{
    /// <summary>Name of the framework, and beginning of the task's id.</summary>
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>What it takes, without ports.</summary>
    public required Resources Size { get; init; }

    public required IReadOnlyList<PortWish> Ports { get; init; }

    /// <summary>The image; null for a plain process.</summary>
    public required string? Image { get; init; }

    public required IReadOnlyList<Volume> Volumes { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required Labels Labels { get; init; }

    /// <summary>Program and arguments; empty for what the image says.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Whether the only argument is a line for a shell.</summary>
    public required bool IsShell { get; init; }

    public required string? User { get; init; }

    /// <summary>Time between the request to end and the kill; null for the agent's.</summary>
    public required TimeSpan? Grace { get; init; }

    /// <summary>Longest that all of it may take; null for without end.</summary>
    public required TimeSpan? Timeout { get; init; }

    /// <summary>Whether nobody waits for it.</summary>
    public required bool IsDetached { get; init; }

    /// <summary>Why an agent does not start its kind of container, or null.</summary>
    internal string? WhyNotOn(AgentInfo agent)
    {
        ContainerKinds kind = Image is null ? ContainerKinds.Process : ContainerKinds.Image;
        return agent.Kinds == ContainerKinds.None || agent.Kinds.HasFlag(kind)
            ? null
            : $"{agent.Hostname} runs no {(Image is null ? "plain processes" : "images")} now";
    }

    /// <summary>Whether an offer has room for it.</summary>
    internal bool Fits(Resources offered) => Share.Of(offered, Size, Ports.Count) is not null;

    /// <summary>The task on an offer that fits.</summary>
    internal TaskInfo On(Offer offer, TaskId id)
    {
        Resources taken = Share.Of(offer.Resources, Size, Ports.Count)!;
        int[] hostPorts = Numbers(Share.PortsOf(taken));
        var environment = new Dictionary<string, string>(Environment);
        foreach ((string name, string value) in PortWish.Variables(Ports, hostPorts))
            environment.TryAdd(name, value);
        return new TaskInfo
        {
            Id = id,
            Name = Name,
            Resources = taken,
            Command = Command(environment),
            Container = Container(hostPorts),
            KillGracePeriod = Grace,
            Labels = Labels,
            Discovery = Ports.Count == 0 ? null : new DiscoveryInfo(
                DiscoveryVisibility.Cluster, Name, [.. Ports.Select((port, i) => new DiscoveryPort(hostPorts[i], port.Name))]),
        };
    }

    private CommandInfo Command(IReadOnlyDictionary<string, string> environment) => Arguments switch
    {
        [] => new CommandInfo(Shell: false, Environment: environment, User: User),
        [var line] when IsShell => new CommandInfo(line, Environment: environment, User: User),
        // As in Mesos, a plain process gets its own name as the first argument; after an image's entry point it would be one too many.
        [var program, ..] => new CommandInfo(program, Image is null ? Arguments : [.. Arguments.Skip(1)], Shell: false, Environment: environment, User: User),
    };

    private ContainerInfo? Container(int[] hostPorts)
    {
        if (Image is null)
            return Volumes.Count == 0 ? null : new ContainerInfo(Volumes: Volumes);
        bool isBridge = Ports.Any(static port => port.ContainerPort is not null);
        return new ContainerInfo(
            Image, isBridge ? ContainerNetwork.Bridge : ContainerNetwork.Host,
            PortMappings: isBridge ? [.. Ports.Select((port, i) => new PortMapping(hostPorts[i], port.ContainerPort ?? hostPorts[i]))] : null,
            Volumes: Volumes);
    }

    private static int[] Numbers(ValueRanges ranges)
    {
        var numbers = new List<int>();
        foreach (ValueRange run in ranges.Runs)
        {
            for (ulong number = run.Begin; number <= run.End; number++)
                numbers.Add((int)number);
        }
        return [.. numbers];
    }
}
