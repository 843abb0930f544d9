namespace ActorScheduler.Model;

/// <summary>What is demanded of a task that comes from outside.</summary>
public static class TaskRules
{
    /// <summary>Most bytes of <see cref="TaskInfo.Data"/>.</summary>
    public const int MaxDataBytes = 1 << 20;

    /// <summary>Longest name in characters.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>Most variables, arguments, artifacts, volumes, port mappings or parameters.</summary>
    public const int MaxItems = 10_000;

    /// <summary>Says what is wrong with a task, or null.</summary>
    public static Problem? Check(TaskInfo task)
    {
        if (IdRules.Check("task_id", task.Id.Value) is { } badId)
            return badId;
        if (task.Name.Length > MaxNameLength)
            return new Problem("name", $"must have at most {MaxNameLength} characters");
        if (task.Resources.IsEmpty)
            return new Problem("resources", "must not be empty: a task takes something");
        if (task.Resources.CheckAmounts("resources") is { } badAmount)
            return badAmount;
        if (CheckExecutor(task.Executor)?.Under("executor") is { } badExecutor)
            return badExecutor;
        if (task.Command is null && task.Container?.Image is null)
            return new Problem("command", "a task needs a command or an image");
        if (task.Data.Length > MaxDataBytes)
            return new Problem("data", $"must have at most {MaxDataBytes} bytes, has {task.Data.Length}");
        if (task.KillGracePeriod < TimeSpan.Zero)
            return new Problem("kill_policy.grace_period", "must not be negative");
        if (task.MaxCompletionTime <= TimeSpan.Zero)
            return new Problem("max_completion_time", "must be more than 0");
        return CheckCommand(task.Command)?.Under("command")
            ?? CheckContainer(task.Container, task.Resources)?.Under("container")
            ?? CheckLimits(task)
            ?? CheckHealth(task.HealthCheck)?.Under("health_check")
            ?? CheckHealth(task.Check)?.Under("check");
    }

    /// <summary>Says what is wrong with an executor, or null.</summary>
    public static Problem? CheckExecutor(ExecutorInfo? executor)
    {
        if (executor is null)
            return null;
        if (IdRules.Check("executor_id", executor.Id.Value) is { } badId)
            return badId;
        if (executor.Resources.CheckAmounts("resources") is { } badAmount)
            return badAmount;
        if (executor.Kind == ExecutorKind.Custom)
            return new Problem("type", "CUSTOM executors, programs of the framework's own, are not run; give the tasks themselves a command or an image");
        return CheckCommand(executor.Command)?.Under("command") ?? CheckContainer(executor.Container, ports: null)?.Under("container");
    }

    private static Problem? CheckCommand(CommandInfo? command)
    {
        if (command is null)
            return null;
        if (command.Shell && string.IsNullOrWhiteSpace(command.Value))
            return new Problem("value", "must be set when a shell reads it");
        if (command.Value?.Contains('\0', StringComparison.Ordinal) == true)
            return new Problem("value", "must not contain a NUL");
        if (command.Arguments?.Count > MaxItems || command.Environment?.Count > MaxItems || command.Artifacts?.Count > MaxItems)
            return new Problem("", $"arguments, environment and artifacts may have at most {MaxItems} items each");
        foreach (string name in command.Environment?.Keys ?? [])
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
                return new Problem("environment", $"'{name}' is not the name of a variable");
        }
        for (int i = 0; i < command.Artifacts?.Count; i++)
        {
            if (!Uri.TryCreate(command.Artifacts[i].Uri, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https" or "file"))
                return new Problem($"uris[{i}].value", $"'{ArtifactAddress.Show(command.Artifacts[i].Uri)}' must be an http, https or file address");
        }
        return null;
    }

    private static Problem? CheckContainer(ContainerInfo? container, Resources? ports)
    {
        if (container is null)
            return null;
        if (container.Image is { } image && (image.Length is 0 or > 1024 || image.Any(char.IsWhiteSpace)))
            return new Problem("image", $"'{image}' is not the name of an image");
        if (container.Network == ContainerNetwork.User && string.IsNullOrEmpty(container.NetworkName))
            return new Problem("network_name", "must be set for a user's network");
        for (int i = 0; i < container.PortMappings?.Count; i++)
        {
            PortMapping mapping = container.PortMappings[i];
            if (mapping.HostPort is < 1 or > 65535)
                return new Problem($"port_mappings[{i}].host_port", $"must lie between 1 and 65535, is {mapping.HostPort}");
            if (mapping.ContainerPort is < 1 or > 65535)
                return new Problem($"port_mappings[{i}].container_port", $"must lie between 1 and 65535, is {mapping.ContainerPort}");
            if (mapping.Protocol is not ("tcp" or "udp"))
                return new Problem($"port_mappings[{i}].protocol", $"must be tcp or udp, is '{mapping.Protocol}'");
            if (ports is not null && !HasPort(ports, mapping.HostPort))
                return new Problem($"port_mappings[{i}].host_port", $"{mapping.HostPort} is not among the task's ports");
        }
        return null;
    }

    private static bool HasPort(Resources resources, int port)
    {
        var wanted = ValueRanges.Of((ulong)port, (ulong)port);
        return resources.Objects().Any(resource => resource.Key.Name == ResourceName.Ports && resource.Amount.Ranges?.Contains(wanted) == true);
    }

    private static Problem? CheckLimits(TaskInfo task)
    {
        foreach ((string name, long limit) in task.Limits ?? new Dictionary<string, long>())
        {
            if (name is not ("cpus" or "mem"))
                return new Problem($"limits.{name}", "only cpus and mem can have limits");
            ResourceName resource = name == "cpus" ? ResourceName.Cpus : ResourceName.Mem;
            if (limit < task.Resources.Quantities[resource])
                return new Problem($"limits.{name}", "must not be below what the task takes");
        }
        return null;
    }

    private static Problem? CheckHealth(HealthCheck? check)
    {
        if (check is null)
            return null;
        if (check.Delay < TimeSpan.Zero || check.GracePeriod < TimeSpan.Zero)
            return new Problem(check.Delay < TimeSpan.Zero ? "delay_seconds" : "grace_period_seconds", "must not be negative");
        if (check.Interval <= TimeSpan.Zero || check.Timeout <= TimeSpan.Zero)
            return new Problem(check.Interval <= TimeSpan.Zero ? "interval_seconds" : "timeout_seconds", "must be more than 0");
        if (check.ConsecutiveFailures < 1)
            return new Problem("consecutive_failures", "must be at least 1");
        return check.Probe switch
        {
            HealthProbe.Command command => CheckCommand(command.Run)?.Under("command"),
            HealthProbe.Http { Port: < 1 or > 65535 } http => new Problem("http.port", $"must lie between 1 and 65535, is {http.Port}"),
            HealthProbe.Http http when http.Scheme is not ("http" or "https") => new Problem("http.scheme", $"must be http or https, is '{http.Scheme}'"),
            HealthProbe.Tcp { Port: < 1 or > 65535 } tcp => new Problem("tcp.port", $"must lie between 1 and 65535, is {tcp.Port}"),
            _ => null,
        };
    }
}
