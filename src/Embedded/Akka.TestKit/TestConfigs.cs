using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>Configurations for tests.</summary>
public static class TestConfigs
{
    private static readonly Lazy<Config> Default = new(() => ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.testkit.conf"));

    /// <summary>What every test's system has below its own configuration.</summary>
    public static Config DefaultConfig => Default.Value;

    /// <summary>Makes the system's time stand still until the test advances it: see <see cref="TestScheduler"/>.</summary>
    public static Config TestSchedulerConfig => ConfigurationFactory.ParseString(
        "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");
}
