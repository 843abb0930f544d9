namespace ActorScheduler.Model;

/// <summary>In what a task or an executor runs.</summary>
/// <param name="Image">The image, as its engine names it; null for the host's own files.</param>
/// <param name="Network">How it is joined to networks.</param>
/// <param name="NetworkName">Name of the user's network, for <see cref="ContainerNetwork.User"/>.</param>
/// <param name="PortMappings">Ports of the container on the host, for bridges and user networks.</param>
/// <param name="Volumes">What it finds mounted, beside its sandbox and its persistent volumes.</param>
/// <param name="Parameters">Options of the engine's own command line, by name, in order.</param>
/// <param name="Privileged">Whether it may do what root may on the host.</param>
/// <param name="ForcePull">Whether a registry is asked although the image is here.</param>
/// <param name="Hostname">Its host name, or null.</param>
/// <param name="Terminal">Whether it gets a terminal.</param>
public sealed record ContainerInfo(
    string? Image = null, ContainerNetwork Network = ContainerNetwork.Host, string? NetworkName = null,
    IReadOnlyList<PortMapping>? PortMappings = null, IReadOnlyList<Volume>? Volumes = null,
    IReadOnlyList<ContainerParameter>? Parameters = null, bool Privileged = false, bool ForcePull = false, string? Hostname = null,
    bool Terminal = false);
