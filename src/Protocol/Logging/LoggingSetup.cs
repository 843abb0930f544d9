using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Protocol.Logging;

/// <summary>Gives an actor system the logger factory that <see cref="MicrosoftLogger"/> writes to.</summary>
public sealed class LoggingSetup(ILoggerFactory factory) : Setup
{
    /// <summary>HOCON that makes <see cref="MicrosoftLogger"/> the system's only logger.</summary>
    public const string Config = "akka.loggers = [\"ActorScheduler.Protocol.Logging.MicrosoftLogger, ActorScheduler.Protocol\"]";

    /// <summary>Makes a logger for each source of events.</summary>
    public ILoggerFactory Factory { get; } = factory;
}
