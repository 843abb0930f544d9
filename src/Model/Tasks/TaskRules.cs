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
        if (TextRules.CheckName("name", task.Name, MaxNameLength) is { } badName)
            return badName;
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
        return TimeRules.Check("kill_policy.grace_period", task.KillGracePeriod, TimeRules.LongestTimer)
            ?? TimeRules.Check("max_completion_time", task.MaxCompletionTime, TimeRules.Longest, mayBeZero: false)
            ?? CheckCommand(task.Command)?.Under("command")
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
        return TextRules.CheckName("name", executor.Name, MaxNameLength)
            ?? TimeRules.Check("shutdown_grace_period", executor.ShutdownGracePeriod, TimeRules.LongestTimer)
            ?? CheckCommand(executor.Command)?.Under("command")
            ?? CheckContainer(executor.Container, ports: null)?.Under("container");
    }

    private static Problem? CheckCommand(CommandInfo? command)
    {
        if (command is null)
            return null;
        if (command.Shell && string.IsNullOrWhiteSpace(command.Value))
            return new Problem("value", "must be set when a shell reads it");
        if (command.Value?.Length == 0)
            return new Problem("value", "must name a program; without one, what the image says is run");
        if ((TextRules.CheckWord("value", command.Value) ?? TextRules.CheckName("user", command.User, MaxNameLength)) is { } badWord)
            return badWord;
        if (command.Arguments?.Count > MaxItems || command.Environment?.Count > MaxItems || command.Artifacts?.Count > MaxItems)
            return new Problem("", $"arguments, environment and artifacts may have at most {MaxItems} items each");
        for (int i = 0; i < command.Arguments?.Count; i++)
        {
            if (TextRules.CheckWord($"arguments[{i}]", command.Arguments[i]) is { } badArgument)
                return badArgument;
        }
        foreach ((string name, string value) in command.Environment ?? new Dictionary<string, string>())
        {
            if (TextRules.CheckVariable("environment", name) is { } badName)
                return badName;
            if (TextRules.CheckWord($"environment.{name}", value) is { } badValue)
                return badValue;
        }
        for (int i = 0; i < command.Artifacts?.Count; i++)
        {
            if (TextRules.CheckPath($"uris[{i}].output_file", command.Artifacts[i].OutputFile) is { } badFile)
                return badFile;
            if (!Uri.TryCreate(command.Artifacts[i].Uri, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https" or "file"))
                return new Problem($"uris[{i}].value", $"'{ArtifactAddress.Show(command.Artifacts[i].Uri)}' must be an http, https or file address");
        }
        return null;
    }

    private static Problem? CheckContainer(ContainerInfo? container, Resources? ports)
    {
        if (container is null)
            return null;
        if (container.Image is { } image && (image.Length is 0 or > 1024 || image.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))))
            return new Problem("image", $"'{image}' is not the name of an image");
        if (container.Network == ContainerNetwork.User && string.IsNullOrEmpty(container.NetworkName))
            return new Problem("network_name", "must be set for a user's network");
        if (container.PortMappings?.Count > MaxItems || container.Volumes?.Count > MaxItems || container.Parameters?.Count > MaxItems)
            return new Problem("", $"port mappings, volumes and parameters may be at most {MaxItems} each");
        if (TextRules.CheckName("network_name", container.NetworkName, MaxNameLength) is { } badNetwork)
            return badNetwork;
        for (int i = 0; i < container.Parameters?.Count; i++)
        {
            if ((TextRules.CheckWord("key", container.Parameters[i].Key) ?? TextRules.CheckWord("value", container.Parameters[i].Value)) is { } badParameter)
                return badParameter.Under($"parameters[{i}]");
        }
        if (TextRules.CheckName("hostname", container.Hostname, TextRules.MaxHostname) is { } badHostname)
            return badHostname;
        for (int i = 0; i < container.Volumes?.Count; i++)
        {
            Volume volume = container.Volumes[i];
            if ((TextRules.CheckPath("container_path", volume.ContainerPath) ?? TextRules.CheckPath("host_path", volume.HostPath)) is { } badPath)
                return badPath.Under($"volumes[{i}]");
        }
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
        if ((TimeRules.Check("delay_seconds", check.Delay, TimeRules.LongestTimer)
            ?? TimeRules.Check("grace_period_seconds", check.GracePeriod, TimeRules.LongestTimer)
            ?? TimeRules.Check("interval_seconds", check.Interval, TimeRules.LongestTimer, mayBeZero: false)
            ?? TimeRules.Check("timeout_seconds", check.Timeout, TimeRules.LongestTimer, mayBeZero: false)) is { } badTime)
            return badTime;
        if (check.ConsecutiveFailures < 1)
            return new Problem("consecutive_failures", "must be at least 1");
        return check.Probe switch
        {
            HealthProbe.Command command => CheckCommand(command.Run)?.Under("command"),
            HealthProbe.Http { Port: < 1 or > 65535 } http => new Problem("http.port", $"must lie between 1 and 65535, is {http.Port}"),
            HealthProbe.Http http when http.Scheme is not ("http" or "https") => new Problem("http.scheme", $"must be http or https, is '{http.Scheme}'"),
            HealthProbe.Http http when TextRules.CheckName("http.path", http.Path, TextRules.MaxPath) is { } badPath => badPath,
            HealthProbe.Tcp { Port: < 1 or > 65535 } tcp => new Problem("tcp.port", $"must lie between 1 and 65535, is {tcp.Port}"),
            _ => null,
        };
    }
}
