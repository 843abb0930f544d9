using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>What options change.</summary>
internal sealed class RunTarget(CreateContainerParameters plan, List<string> environment)
{
    private LogConfig? _log;

    public CreateContainerParameters Plan => plan;

    public HostConfig Host => plan.HostConfig;

    /// <summary>The container's place in its network; there only for options that need it.</summary>
    public EndpointSettings Endpoint { get; } = new();

    public bool HasEndpoint { get; set; }

    /// <summary>The log's settings, when a parameter changes them: then nothing is left of the agent's own, whose options another driver may not know.</summary>
    public LogConfig Log => _log ??= new LogConfig { Type = "json-file", Config = new Dictionary<string, string>() };

    /// <summary>A later variable replaces an earlier one.</summary>
    public void SetVariable(string variable)
    {
        string name = variable.Split('=', 2)[0];
        environment.RemoveAll(known => known.Split('=', 2)[0] == name);
        environment.Add(variable.Contains('=', StringComparison.Ordinal) ? variable : $"{name}=");
    }

    /// <summary>The scheduler's own labels tell whose a container is.</summary>
    public void SetLabel(string name, string value) => Plan.Labels[name] = name.StartsWith(ContainerLabels.Prefix, StringComparison.Ordinal)
        ? throw new FormatException($"'{name}' is the scheduler's own")
        : value;

    public void Finish()
    {
        if (_log is not null)
            Host.LogConfig = _log;
        if (HasEndpoint)
            plan.NetworkingConfig = new NetworkingConfig { EndpointsConfig = new Dictionary<string, EndpointSettings> { [Host.NetworkMode] = Endpoint } };
    }
}
