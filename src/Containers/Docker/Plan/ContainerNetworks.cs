using ActorScheduler.Model;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Plan;

/// <summary>How a container is joined to networks, and which of its ports are the host's.</summary>
internal static class ContainerNetworks
{
    /// <summary>Says it to the engine.</summary>
    /// <exception cref="ContainerException">Ports on a network that has none.</exception>
    public static void Join(ContainerInfo container, CreateContainerParameters plan)
    {
        plan.HostConfig.NetworkMode = container.Network switch
        {
            ContainerNetwork.Bridge => "bridge",
            ContainerNetwork.None => "none",
            ContainerNetwork.User => container.NetworkName is { Length: > 0 } name ? name
                : throw new ContainerException("container.network_name: has to be set for a network of users"),
            _ => "host",
        };
        if (container.PortMappings is not { Count: > 0 } ports)
            return;
        if (container.Network is ContainerNetwork.Host or ContainerNetwork.None)
            throw new ContainerException($"container.port_mappings: there are none on network {container.Network.ToString().ToUpperInvariant()}");
        plan.ExposedPorts = new Dictionary<string, EmptyStruct>();
        plan.HostConfig.PortBindings = new Dictionary<string, IList<PortBinding>>();
        foreach (PortMapping port in ports)
            Publish(plan, $"{port.ContainerPort}/{port.Protocol}", port.HostPort);
    }

    private static void Publish(CreateContainerParameters plan, string port, int hostPort)
    {
        plan.ExposedPorts[port] = default;
        if (!plan.HostConfig.PortBindings.TryGetValue(port, out IList<PortBinding>? bindings))
            plan.HostConfig.PortBindings[port] = bindings = [];
        bindings.Add(new PortBinding { HostPort = hostPort.ToString(System.Globalization.CultureInfo.InvariantCulture) });
    }
}
