namespace Akka.Cluster.Tools.PublishSubscribe.Internal;

/// <summary>Asks how many subscribers a topic has on this node; answered by an int.</summary>
public sealed record CountSubscribers
{
    public CountSubscribers(string topic) => Topic = topic;

    public string Topic { get; }
}
