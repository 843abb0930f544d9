using Akka.Event;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorScheduler.Node.Logging;

/// <summary>
/// How important a line of the log is to an operator. Akka.NET tells of each step of its own and of each attempt to connect; of these only
/// what the product does not say itself, and what asks for an act, is worth more than debug.
/// </summary>
internal static class EngineLevels
{
    /// <summary>Sources whose warnings belong to every start and every failover: connections that end, singletons that are not there yet.</summary>
    private static readonly string[] Talkative = ["Akka.Remote.", "Akka.Cluster.Tools.", "Akka.Cluster.Sharding."];

    internal static MicrosoftLogLevel Of(LogEvent logEvent)
    {
        MicrosoftLogLevel level = logEvent switch
        {
            Error => MicrosoftLogLevel.Error,
            Warning => MicrosoftLogLevel.Warning,
            Info => MicrosoftLogLevel.Information,
            _ => MicrosoftLogLevel.Debug,
        };
        // Remoting names its source by a text instead of a type.
        string source = logEvent.LogSource.StartsWith("remoting", StringComparison.Ordinal) ? "Akka.Remote." : logEvent.LogClass?.FullName ?? "";
        return (level == MicrosoftLogLevel.Information && source.StartsWith("Akka.", StringComparison.Ordinal) && source != "Akka.Actor.ActorSystem")
            || (level == MicrosoftLogLevel.Warning && Talkative.Any(prefix => source.StartsWith(prefix, StringComparison.Ordinal)))
            ? MicrosoftLogLevel.Debug
            : level;
    }
}
