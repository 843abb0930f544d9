using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Serialization;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>Looks at those settings of the actor engine that this product depends on; the engine itself looks at the others when it begins.</summary>
internal static class EngineSection
{
    private const string Transport = "akka.remote.dot-netty.tcp";

    /// <summary>A page, and what else stands in its message.</summary>
    private const long LeastFrame = 2 * Pages.MostBytes;

    /// <exception cref="SettingException">A value is not valid.</exception>
    internal static void Check(Config config)
    {
        var section = new SettingsSection(config, Transport);
        if (section.Bytes("maximum-frame-size") is var size and (< LeastFrame or > int.MaxValue))
            throw new SettingException($"{Transport}.maximum-frame-size", $"must be {LeastFrame / 1024 / 1024} MiB to 2 GiB, is {size} bytes");
        section.Time("connection-timeout");
    }
}
