using ActorScheduler.Containers.Docker.Plan;
using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Groups;

/// <summary>
/// The one network of a group's tasks. It belongs to a container that does nothing else and lives as long as any of them, so that
/// none of them loses it with another; all ports of the group are that container's. Pure.
/// </summary>
/// <param name="Holder">The name of the container that holds it.</param>
/// <param name="Plan">What the engine is asked for to have that container.</param>
internal sealed record GroupNetwork(string Holder, CreateContainerParameters Plan)
{
    /// <summary>Options of <c>docker run</c> that are about the network: they are the holder's, whichever task has them.</summary>
    private static readonly HashSet<string> HolderOptions = new(StringComparer.Ordinal)
    {
        "network-alias", "net-alias", "ip", "ip6", "mac-address", "hostname", "h", "domainname", "add-host", "dns", "dns-option", "dns-opt", "dns-search", "expose",
    };

    /// <summary>Little: the holder waits, and nothing else.</summary>
    private const long HolderMemory = 16 << 20;

    /// <summary>The network of an order's group; null when there is no group, or when it has the host's network.</summary>
    /// <exception cref="ContainerException">The group's tasks do not agree about their network.</exception>
    public static GroupNetwork? Of(ContainerOrder order)
    {
        if (order.Group is not { } group)
            return null;
        IReadOnlyList<TaskInfo> members = order.Members.Count > 0 ? order.Members : [order.Task];
        ContainerInfo network = Shared(order.Task.Executor?.Container, members);
        if (network.Network == ContainerNetwork.Host)
            return null;
        string holder = ContainerLabels.HolderOf(order.AgentId, order.FrameworkId, group);
        var plan = new CreateContainerParameters
        {
            Name = holder,
            Image = PauseImage.Name,
            Entrypoint = [PauseImage.Program],
            Labels = ContainerLabels.OfHolder(order, holder),
            Hostname = members.Select(static task => task.Container?.Hostname).FirstOrDefault(static name => name is { Length: > 0 }),
            HostConfig = new HostConfig
            {
                Memory = HolderMemory,
                ReadonlyRootfs = true,
                CapDrop = ["ALL"],
                LogConfig = new LogConfig { Type = "none" },
                RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
            },
        };
        PortMapping[] ports =
        [
            .. (order.Task.Executor?.Container?.PortMappings ?? []).Concat(members.SelectMany(static task => task.Container?.PortMappings ?? [])).Distinct(),
        ];
        ContainerNetworks.Join(network with { PortMappings = ports }, plan);
        RunOptions.Apply([.. members.SelectMany(static task => task.Container?.Parameters ?? []).Where(IsHolders)], plan, []);
        return new GroupNetwork(holder, plan);
    }

    /// <summary>What is left for a task's own container when its network is another's.</summary>
    public static ContainerInfo WithoutNetwork(ContainerInfo container)
    {
        foreach (ContainerParameter parameter in container.Parameters ?? [])
        {
            if (parameter.Key.TrimStart('-') is "network" or "net")
                throw new ContainerException($"container.parameters: '{parameter.Key}' cannot be set for a task of a group: its network is the group's");
        }
        return container with { Hostname = null, PortMappings = null, Parameters = [.. (container.Parameters ?? []).Where(static parameter => !IsHolders(parameter))] };
    }

    private static bool IsHolders(ContainerParameter parameter) => HolderOptions.Contains(parameter.Key.TrimStart('-'));

    /// <summary>As in Mesos the executor's container says it for all; without one, or on the host's network, the tasks do, all the same.</summary>
    private static ContainerInfo Shared(ContainerInfo? executor, IReadOnlyList<TaskInfo> members)
    {
        bool isExecutors = executor is { Network: not ContainerNetwork.Host };
        ContainerInfo shared = isExecutors ? executor! : members[0].Container ?? new ContainerInfo();
        foreach (TaskInfo task in members)
        {
            ContainerInfo own = task.Container ?? new ContainerInfo();
            bool isSame = own.Network == shared.Network && own.NetworkName == shared.NetworkName;
            if (!isSame && !(isExecutors && own.Network == ContainerNetwork.Host))
            {
                throw new ContainerException(
                    $"container.network: tasks of a group share one network, and '{task.Id}' asks for {Word(own)} where {(isExecutors ? "the executor" : $"'{members[0].Id}'")} asks for {Word(shared)}");
            }
        }
        return shared;
    }

    private static string Word(ContainerInfo container) => container.Network.ToString().ToUpperInvariant() + (container.NetworkName is { Length: > 0 } name ? $" '{name}'" : "");
}
