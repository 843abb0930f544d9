using System.Globalization;
using System.Text.RegularExpressions;
using Akka.Event;
using MicrosoftLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorScheduler.Protocol.Logging;

/// <summary>
/// How important a line of the log is to an operator. Akka.NET tells of each step of its own and of each attempt to connect; of these only
/// what the product does not say itself, and what asks for an act, is worth more than debug.
/// </summary>
internal static partial class EngineLevels
{
    /// <summary>Sources whose warnings belong to every start and every failover: connections that end, singletons that are not there yet.</summary>
    private static readonly string[] Talkative = ["Akka.Remote.", "Akka.Cluster.Tools.", "Akka.Cluster.Sharding."];

    /// <summary>
    /// How remoting says, as errors, that the other end of a connection is gone, does not answer yet, speaks something else, or shows no certificate. (Of those that show one
    /// that is not trusted, PeerTls tells.)
    /// </summary>
    private static readonly string[] Lost = ["Disassociated", "AssociationError", "No response from remote", "TLS handshake failed", "Error caught channel"];

    private static readonly string[] RemotingsOwn = ["remoting", "TcpServerHandler", "TcpClientHandler"];

    internal static MicrosoftLogLevel Of(LogEvent logEvent)
    {
        MicrosoftLogLevel level = logEvent switch
        {
            Error => MicrosoftLogLevel.Error,
            Warning => MicrosoftLogLevel.Warning,
            Info => MicrosoftLogLevel.Information,
            _ => MicrosoftLogLevel.Debug,
        };
        // Remoting names its source by a text instead of a type, and its supervisor is one of Akka's own.
        string source = RemotingsOwn.Any(name => logEvent.LogSource.StartsWith(name, StringComparison.Ordinal)) || logEvent.LogSource.Contains("/system/endpointManager/", StringComparison.Ordinal)
            ? "Akka.Remote."
            : logEvent.LogClass?.FullName ?? "";
        bool isEveryday = level switch
        {
            MicrosoftLogLevel.Information => source.StartsWith("Akka.", StringComparison.Ordinal) && source != "Akka.Actor.ActorSystem",
            MicrosoftLogLevel.Warning => Talkative.Any(prefix => source.StartsWith(prefix, StringComparison.Ordinal)) || IsOneAttemptOfMany(logEvent),
            MicrosoftLogLevel.Error => source.StartsWith("Akka.Remote.", StringComparison.Ordinal)
                && Lost.Any(start => logEvent.Message?.ToString()?.StartsWith(start, StringComparison.Ordinal) == true),
            _ => false,
        };
        return isEveryday ? MicrosoftLogLevel.Debug : level;
    }

    /// <summary>A node that waits for its seeds asks them twice a second; that it waits is worth a line each ten seconds.</summary>
    private static bool IsOneAttemptOfMany(LogEvent logEvent) =>
        Attempt().Match(logEvent.Message?.ToString() ?? "") is { Success: true } match && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) % 20 != 0;

    [GeneratedRegex(@"^Couldn't join seed nodes after \[(\d+)\] attempts")]
    private static partial Regex Attempt();
}
