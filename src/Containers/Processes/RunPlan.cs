using ActorScheduler.Containers.Processes.Host;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Processes;

/// <summary>What is run, made of what a task asks for. Pure.</summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Variables">Its environment.</param>
/// <param name="Folders">What is to be found in the sandbox: links to folders of the host, and empty folders where there is no host path.</param>
internal sealed record RunPlan(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<(string Path, string? Target)> Folders)
{
    private const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The plan of an order.</summary>
    /// <param name="order">The order, with its sandbox.</param>
    /// <param name="user">As whom; null for the agent's own user.</param>
    /// <param name="settings">The host's name.</param>
    /// <param name="own">Reads the agent's own environment.</param>
    /// <exception cref="ContainerException">The task asks for something that a plain process cannot have; the message names the field.</exception>
    public static RunPlan Of(ContainerOrder order, HostUser? user, ProcessSettings settings, Func<string, string?> own)
    {
        if (order.Task.Container is { } container)
            Check(container);
        return new RunPlan(CommandOf(order.Task.Command!), VariablesOf(order, user, settings, own), [.. FoldersOf(order)]);
    }

    /// <summary>A command's program and arguments: a line goes to a shell; else the first argument is the program's name, as in Mesos.</summary>
    public static IReadOnlyList<string> CommandOf(CommandInfo command) => command.Shell
        ? [Supervisor.Shell, "-c", command.Value ?? ""]
        : [command.Value!, .. (command.Arguments ?? []).Skip(1)];

    private static void Check(ContainerInfo container)
    {
        if (container.Network != ContainerNetwork.Host)
            throw new ContainerException($"container.network: a plain process has the host's network, not {container.Network}; it needs an image for that");
        if (container.Terminal)
            throw new ContainerException("container.tty_info: a plain process has no terminal");
        if (container.Hostname is { Length: > 0 })
            throw new ContainerException("container.hostname: a plain process has the host's name");
        if (container.Parameters is { Count: > 0 })
            throw new ContainerException("container.parameters: are options of a container engine, and a plain process has none");
    }

    private static SortedDictionary<string, string> VariablesOf(ContainerOrder order, HostUser? user, ProcessSettings settings, Func<string, string?> own)
    {
        string sandbox = order.Sandbox!;
        string name = user?.Name ?? own("USER") ?? own("LOGNAME") ?? "";
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = own("PATH") ?? UsualPath,
            ["HOME"] = (user is null ? own("HOME") : user.Home) is { Length: > 0 } home && Directory.Exists(home) ? home : sandbox,
            ["SHELL"] = Supervisor.Shell,
            ["PWD"] = sandbox,
            ["MESOS_SANDBOX"] = sandbox,
            ["MESOS_DIRECTORY"] = sandbox,
            ["MESOS_TASK_ID"] = order.Task.Id.Value,
            ["MESOS_FRAMEWORK_ID"] = order.FrameworkId.Value,
            ["MESOS_AGENT_ID"] = order.AgentId.Value,
            ["MESOS_SLAVE_ID"] = order.AgentId.Value,
        };
        if (name.Length > 0)
            (variables["USER"], variables["LOGNAME"]) = (name, name);
        if (own("LANG") is { Length: > 0 } language)
            variables["LANG"] = language;
        if (settings.Hostname.Length > 0)
            variables["HOST"] = settings.Hostname;
        foreach ((string key, string value) in order.Task.Command!.Environment ?? new Dictionary<string, string>())
            variables[key] = value;
        variables[RunFacts.Marker] = order.RunId;
        return variables;
    }

    private static IEnumerable<(string, string?)> FoldersOf(ContainerOrder order)
    {
        foreach (ContainerMount mount in order.Mounts)
            yield return FolderOf("resources.disk.volume", mount.ContainerPath, mount.HostPath, mount.IsReadOnly);
        foreach (Volume volume in order.Task.Container?.Volumes ?? [])
            yield return FolderOf("container.volumes", volume.ContainerPath, volume.HostPath, volume.Mode == VolumeMode.ReadOnly);
    }

    private static (string, string?) FolderOf(string field, string path, string? target, bool isReadOnly)
    {
        if (isReadOnly)
            throw new ContainerException($"{field}: '{path}' cannot be read-only for a plain process");
        if (target is { Length: > 0 } && !Path.IsPathRooted(target))
            throw new ContainerException($"{field}: '{target}' must be an absolute path of the host");
        if (Path.IsPathRooted(path) && path != target)
            throw new ContainerException($"{field}: '{path}' must be a path in the sandbox: a plain process has the host's own files");
        return (path, target is { Length: > 0 } ? target : null);
    }
}
