using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>Settings below <c>akka.test</c>. Times are not multiplied by the time factor yet.</summary>
public class TestKitSettings(Config config) : IExtension
{
    public TimeSpan DefaultTimeout { get; } = config.GetTimeSpan("akka.test.default-timeout", allowInfinite: false);

    public TimeSpan SingleExpectDefault { get; } = config.GetTimeSpan("akka.test.single-expect-default", allowInfinite: false);

    public TimeSpan TestEventFilterLeeway { get; } = config.GetTimeSpan("akka.test.filter-leeway", allowInfinite: false);

    public double TestTimeFactor { get; } = Positive(config.GetDouble("akka.test.timefactor"));

    public bool LogTestKitCalls { get; } = config.GetBoolean("akka.test.testkit.debug");

    private static double Positive(double factor) => factor > 0
        ? factor
        : throw new ConfigurationException($"akka.test.timefactor = {factor}: expected a number above 0");
}

/// <summary>The settings as an extension of the system under test.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);

    public static TestKitSettings For(ActorSystem system) => system.WithExtension<TestKitSettings, TestKitExtension>();
}
