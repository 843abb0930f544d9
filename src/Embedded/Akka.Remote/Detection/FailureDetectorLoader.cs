using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.Remote;

/// <summary>Makes the failure detectors that the configuration names.</summary>
public static class FailureDetectorLoader
{
    /// <exception cref="ConfigurationException">There is no such type.</exception>
    public static FailureDetector Load(string fqcn, Config config, ActorSystem system) =>
        ConfiguredType.Create<FailureDetector>(fqcn, "failure detector (implementation-class)", config, system.EventStream);

    public static FailureDetector LoadFailureDetector(this IActorContext context, string fqcn, Config config) => Load(fqcn, config, context.System);
}
