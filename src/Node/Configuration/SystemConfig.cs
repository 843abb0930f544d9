using ActorScheduler.Protocol.Connections;
using ActorScheduler.Protocol.Logging;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>What the node's settings mean for its actor system.</summary>
internal static class SystemConfig
{
    /// <summary>The engine's settings, over those of <paramref name="effective"/>.</summary>
    internal static Config Of(NodeSettings settings, Config effective)
    {
        Config derived = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = {{settings.LogLevel.ToUpperInvariant()}}
              actor.provider = {{(settings.IsClient ? "remote" : "cluster")}}
              remote.dot-netty.tcp { hostname = "{{settings.Bind.Host}}", port = {{settings.Bind.Port}}, enable-ssl = {{(settings.Tls is null ? "off" : "on")}} }
              cluster {
                roles = [{{string.Join(", ", settings.Roles)}}]
                {{(MayFound(settings) ? "" : $"seed-node-timeout = {settings.JoinRetry.TotalMilliseconds} ms")}}
                seed-nodes = [{{string.Join(", ", settings.Seeds.Select(seed => $"\"{seed.ToAddress(settings.Tls is not null)}\""))}}]
              }
              # The program itself listens to signals and says how it ended.
              coordinated-shutdown { run-by-clr-shutdown-hook = off, exit-clr = off }
            }
            """).WithFallback(LoggingSetup.Config).WithFallback(LimitedTransportProvider.Config);
        return settings.IsMaster ? derived.WithFallback(settings.Journal.Config).WithFallback(effective) : derived.WithFallback(effective);
    }

    /// <summary>Only the first seed may make a cluster, and has to wait for the others before it does; the others only ask again.</summary>
    private static bool MayFound(NodeSettings settings) => settings.Seeds.Count == 0 || settings.Seeds[0] == settings.Bind;
}
