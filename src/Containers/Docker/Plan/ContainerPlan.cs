using System.Globalization;
using ActorScheduler.Containers.Docker.Groups;
using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>What the engine is asked for, made of what the task asks for. Pure.</summary>
internal static class ContainerPlan
{
    /// <summary>Where a container finds its sandbox, as in Mesos.</summary>
    public const string SandboxPath = "/mnt/mesos/sandbox";

    /// <summary>The container of an order.</summary>
    /// <exception cref="ContainerException">The task asks for something that cannot be had; the message names the field.</exception>
    public static CreateContainerParameters Of(ContainerOrder order, DockerSettings settings) => Of(order, settings, GroupNetwork.Of(order));

    /// <summary>The container of an order, in the network of its group.</summary>
    /// <exception cref="ContainerException">The task asks for something that cannot be had; the message names the field.</exception>
    public static CreateContainerParameters Of(ContainerOrder order, DockerSettings settings, GroupNetwork? group)
    {
        TaskInfo task = order.Task;
        ContainerInfo container = task.Container ?? throw new ContainerException("container: has to be set");
        if (group is not null)
            container = GroupNetwork.WithoutNetwork(container);
        var host = new HostConfig
        {
            Privileged = container.Privileged,
            LogConfig = new LogConfig
            {
                // It keeps bytes as they are; json-file changes those that are no text, but keeps the ends of long lines, which are all
                // that tells the entries of a terminal apart.
                Type = container.Terminal ? "json-file" : "local",
                // Two files: one is full while the other fills.
                Config = new Dictionary<string, string>
                {
                    ["max-size"] = settings.EngineLogSize.ToString(CultureInfo.InvariantCulture), ["max-file"] = "2", ["compress"] = "false",
                },
            },
            RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
        };
        var plan = new CreateContainerParameters
        {
            Name = ContainerLabels.NameOf(order.RunId),
            Image = container.Image,
            Labels = ContainerLabels.Of(order),
            Env = [],
            Tty = container.Terminal,
            User = task.Command?.User is { Length: > 0 } user ? user : null,
            Hostname = container.Hostname is { Length: > 0 } name ? name : null,
            HostConfig = host,
        };
        ContainerLimits.Of(task, settings).Apply(host);
        if (group is null)
            ContainerNetworks.Join(container, plan);
        else
            (host.NetworkMode, plan.Labels[ContainerLabels.Holder]) = ($"container:{group.Holder}", group.Holder);
        ContainerMounts.Apply(order, host);
        List<string> environment = ContainerVariables.Of(order, settings);
        RunOptions.Apply(container.Parameters ?? [], plan, environment);
        plan.Env = environment;
        Command(task.Command, plan);
        return plan;
    }

    /// <summary>
    /// As Mesos has it: a shell's line goes to <c>/bin/sh -c</c> in place of the image's entry point; without a shell program and
    /// arguments follow the image's entry point; with neither the image says what runs.
    /// </summary>
    private static void Command(CommandInfo? command, CreateContainerParameters plan)
    {
        if (command is { Shell: true, Value: { Length: > 0 } line })
        {
            plan.Entrypoint ??= ["/bin/sh"];
            plan.Cmd = ["-c", line];
        }
        else if (command is { Shell: false })
        {
            List<string> arguments = [.. command.Value is { Length: > 0 } program ? [program] : Array.Empty<string>(), .. command.Arguments ?? []];
            if (arguments.Count > 0)
                plan.Cmd = arguments;
        }
    }
}
