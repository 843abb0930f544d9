namespace ActorScheduler.Model;

/// <summary>A port of a container on its host.</summary>
/// <param name="HostPort">Port on the host, out of the task's port resources.</param>
/// <param name="ContainerPort">Port in the container.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
public sealed record PortMapping(int HostPort, int ContainerPort, string Protocol = "tcp");
