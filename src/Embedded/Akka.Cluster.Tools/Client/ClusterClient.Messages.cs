namespace Akka.Cluster.Tools.Client;

/// <summary>What it takes.</summary>
public sealed partial class ClusterClient
{
    /// <summary>For one of the actors that are registered under a path.</summary>
    public sealed record Send : IClusterClientProtocolMessage
    {
        /// <param name="path">The path without an address, such as <c>/user/service</c>.</param>
        /// <param name="localAffinity">For the one on the receptionist's node, if there is one.</param>
        public Send(string path, object message, bool localAffinity = false) => (Path, Message, LocalAffinity) = (path, message, localAffinity);

        public string Path { get; }

        public object Message { get; }

        public bool LocalAffinity { get; }
    }

    /// <summary>For all actors that are registered under a path.</summary>
    public sealed record SendToAll : IClusterClientProtocolMessage
    {
        /// <param name="path">The path without an address, such as <c>/user/service</c>.</param>
        public SendToAll(string path, object message) => (Path, Message) = (path, message);

        public string Path { get; }

        public object Message { get; }
    }

    /// <summary>For the subscribers of a topic.</summary>
    public sealed record Publish : IClusterClientProtocolMessage
    {
        public Publish(string topic, object message) => (Topic, Message) = (topic, message);

        public string Topic { get; }

        public object Message { get; }
    }
}
