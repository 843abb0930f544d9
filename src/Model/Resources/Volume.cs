namespace ActorScheduler.Model;

/// <summary>Where a container finds a volume. It says how a resource is used, not which one it is, so it is no part of its identity.</summary>
/// <param name="ContainerPath">Path in the container, relative to the sandbox unless absolute.</param>
/// <param name="Mode">Read-write or read-only.</param>
/// <param name="HostPath">Path on the host, for volumes that are not persistent ones.</param>
public sealed record Volume(string ContainerPath, VolumeMode Mode = VolumeMode.ReadWrite, string? HostPath = null);
