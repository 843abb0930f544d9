using ActorScheduler.Protocol.Logging;
using Akka.Event;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorScheduler.Node.Specs;

public sealed class EngineLevelsSpecs
{
    public static TheoryData<LogEvent, MicrosoftLogLevel> Lines => new()
    {
        // Each step of Akka.NET's own is for those who debug.
        { new Info("Cluster", typeof(Akka.Cluster.Cluster), "Node is JOINING"), MicrosoftLogLevel.Debug },
        { new Info("remoting (akka://actorscheduler)", typeof(string), "Starting remoting"), MicrosoftLogLevel.Debug },
        // So is what belongs to each failover.
        { new Warning("remoting (akka://actorscheduler)", typeof(string), "Address is now gated"), MicrosoftLogLevel.Debug },
        { new Warning("/user/allocator-proxy", typeof(Akka.Cluster.Tools.Singleton.ClusterSingletonProxy), "failed to find"), MicrosoftLogLevel.Debug },
        { new Error(null, "endpointWriter", typeof(Akka.Remote.RemoteActorRef), "Disassociated"), MicrosoftLogLevel.Debug },
        { new Error(null, "akka://actorscheduler/system/endpointManager/endpointWriter", typeof(Akka.Actor.OneForOneStrategy), "Disassociated"), MicrosoftLogLevel.Debug },
        // Of many attempts to join, some are told.
        { new Warning("joinSeedNodeProcess", typeof(Akka.Cluster.Cluster), "Couldn't join seed nodes after [19] attempts, will try again."), MicrosoftLogLevel.Debug },
        { new Warning("joinSeedNodeProcess", typeof(Akka.Cluster.Cluster), "Couldn't join seed nodes after [20] attempts, will try again."), MicrosoftLogLevel.Warning },
        // What asks for an act stays what it is.
        { new Warning("Cluster", typeof(Akka.Cluster.Cluster), "Marking node as UNREACHABLE"), MicrosoftLogLevel.Warning },
        { new Error(null, "remoting", typeof(string), "frame too large"), MicrosoftLogLevel.Error },
        // And so does all that the product says.
        { new Info("/user/agent", typeof(EngineLevelsSpecs), "registered"), MicrosoftLogLevel.Information },
        { new Warning("/user/agent", typeof(EngineLevelsSpecs), "degraded"), MicrosoftLogLevel.Warning },
        { new Info("ActorSystem", typeof(Akka.Actor.ActorSystem), "Tasks are run by docker"), MicrosoftLogLevel.Information },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Operators_see_what_the_product_says_and_what_asks_for_an_act(LogEvent line, MicrosoftLogLevel level) => Assert.Equal(level, EngineLevels.Of(line));
}
