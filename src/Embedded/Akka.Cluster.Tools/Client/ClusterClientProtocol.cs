using System.Collections.Immutable;

namespace Akka.Cluster.Tools.Client;

/// <summary>Marks what clients and receptionists say to each other.</summary>
public interface IClusterClientMessage;

/// <summary>Marks what a client sends into the cluster: <see cref="ClusterClient.Send"/> and its like.</summary>
public interface IClusterClientProtocolMessage;

/// <summary>Asks a receptionist for the receptionists to use.</summary>
internal sealed record GetContacts : IClusterClientMessage
{
    internal static readonly GetContacts Instance = new();
}

/// <summary>The receptionists to use.</summary>
/// <param name="Own">The path of who says so, as clients know it.</param>
internal sealed record Contacts(string Own, ImmutableList<string> Paths) : IClusterClientMessage;

/// <summary>A client that uses this receptionist is alive.</summary>
internal sealed record Heartbeat : IClusterClientMessage
{
    internal static readonly Heartbeat Instance = new();
}

/// <summary>So is the receptionist.</summary>
internal sealed record HeartbeatRsp : IClusterClientMessage
{
    internal static readonly HeartbeatRsp Instance = new();
}

/// <summary>This receptionist ends: use another one.</summary>
internal sealed record ReceptionistShutdown : IClusterClientMessage
{
    internal static readonly ReceptionistShutdown Instance = new();
}
