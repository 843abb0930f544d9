namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>A container's environment: what Mesos's tasks find in theirs, and what the task itself says, which counts more.</summary>
internal static class ContainerVariables
{
    /// <summary>Variables as <c>name=value</c>.</summary>
    public static List<string> Of(ContainerOrder order, DockerSettings settings)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["MESOS_TASK_ID"] = order.Task.Id.Value,
            ["MESOS_CONTAINER_NAME"] = ContainerLabels.NameOf(order.RunId),
            ["MESOS_FRAMEWORK_ID"] = order.FrameworkId.Value,
            ["MESOS_AGENT_ID"] = order.AgentId.Value,
            ["MESOS_SLAVE_ID"] = order.AgentId.Value,
        };
        if (order.Sandbox is not null)
            variables["MESOS_SANDBOX"] = ContainerPlan.SandboxPath;
        if (settings.Hostname.Length > 0)
            variables["HOST"] = settings.Hostname;
        foreach ((string name, string value) in order.Task.Command?.Environment ?? new Dictionary<string, string>())
            variables[name] = value;
        return [.. variables.Select(static variable => $"{variable.Key}={variable.Value}")];
    }
}
