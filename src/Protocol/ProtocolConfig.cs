using Akka.Configuration;

namespace ActorScheduler.Protocol;

/// <summary>The configuration without which messages cannot be written; a fallback of every node's and client's.</summary>
public static class ProtocolConfig
{
    /// <summary>Serializer and bindings.</summary>
    public static Config Default { get; } = ConfigurationFactory.FromResource("ActorScheduler.Protocol.protocol.conf", typeof(ProtocolConfig).Assembly);
}
