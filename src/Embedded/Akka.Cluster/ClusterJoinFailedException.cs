using Akka.Actor;

namespace Akka.Cluster;

/// <summary>This node did not get into a cluster.</summary>
public class ClusterJoinFailedException(string message) : AkkaException(message);
