using Akka.Configuration;

namespace ActorScheduler.Protocol;

/// <summary>Configuration that every node and every client falls back to.</summary>
public static class ProtocolConfig
{
    /// <summary>How messages are written.</summary>
    public static Config Default { get; } = ConfigurationFactory.FromResource("ActorScheduler.Protocol.protocol.conf", typeof(ProtocolConfig).Assembly);

    /// <summary>hocon/reference.conf: every key of the product with its default, and the engine's settings. With how messages are written.</summary>
    public static Config Reference { get; } =
        ConfigurationFactory.FromResource("ActorScheduler.Protocol.reference.conf", typeof(ProtocolConfig).Assembly).WithFallback(Default);
}
