using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Settings below <c>akka.remote</c>.</summary>
public class RemoteSettings
{
    internal const string AkkaScheme = "akka.tcp";

    public RemoteSettings(Config config)
    {
        Config = config;
        LogReceive = config.GetBoolean("akka.remote.log-received-messages");
        LogSend = config.GetBoolean("akka.remote.log-sent-messages");
        LogBufferSizeExceeding = CountOrOff(config, "akka.remote.log-buffer-size-exceeding");
        UntrustedMode = config.GetBoolean("akka.remote.untrusted-mode");
        TrustedSelectionPaths = [.. config.GetStringList("akka.remote.trusted-selection-paths") ?? []];
        RemoteLifecycleEventsLogLevel = config.GetString("akka.remote.log-remote-lifecycle-events", "DEBUG");
        if (RemoteLifecycleEventsLogLevel.Equals("on", StringComparison.OrdinalIgnoreCase)) RemoteLifecycleEventsLogLevel = "DEBUG";
        ShutdownTimeout = config.GetTimeSpan("akka.remote.shutdown-timeout");
        FlushWait = config.GetTimeSpan("akka.remote.flush-wait-on-shutdown");
        StartupTimeout = config.GetTimeSpan("akka.remote.startup-timeout");
        RetryGateClosedFor = config.GetTimeSpan("akka.remote.retry-gate-closed-for");
        SysMsgBufferSize = Positive(config, "akka.remote.system-message-buffer-size");
        SysResendTimeout = config.GetTimeSpan("akka.remote.resend-interval");
        SysMsgAckTimeout = config.GetTimeSpan("akka.remote.system-message-ack-piggyback-timeout");
        InitialSysMsgDeliveryTimeout = config.GetTimeSpan("akka.remote.initial-system-message-delivery-timeout");
        QuarantineSilentSystemTimeout = config.GetTimeSpan("akka.remote.quarantine-after-silence");
        HandshakeTimeout = config.GetTimeSpan("akka.remote.handshake-timeout");
        TransportHeartbeatInterval = config.GetTimeSpan("akka.remote.transport-failure-detector.heartbeat-interval");
        TransportSilence = TransportHeartbeatInterval + config.GetTimeSpan("akka.remote.transport-failure-detector.acceptable-heartbeat-pause");
        WatchHeartBeatInterval = config.GetTimeSpan("akka.remote.watch-failure-detector.heartbeat-interval");
        WatchUnreachableReaperInterval = config.GetTimeSpan("akka.remote.watch-failure-detector.unreachable-nodes-reaper-interval");
        WatchHeartbeatExpectedResponseAfter = config.GetTimeSpan("akka.remote.watch-failure-detector.expected-response-after");
        WatchFailureDetectorConfig = config.GetConfig("akka.remote.watch-failure-detector");
        WatchFailureDetectorImplementationClass = WatchFailureDetectorConfig.GetString("implementation-class");
    }

    public Config Config { get; }

    public bool LogReceive { get; }

    public bool LogSend { get; }

    /// <summary>Messages that wait for one node from which on a warning is logged; 0 for never.</summary>
    public int LogBufferSizeExceeding { get; }

    public bool UntrustedMode { get; }

    public HashSet<string> TrustedSelectionPaths { get; }

    public string RemoteLifecycleEventsLogLevel { get; }

    public TimeSpan ShutdownTimeout { get; }

    public TimeSpan FlushWait { get; }

    public TimeSpan StartupTimeout { get; }

    public TimeSpan RetryGateClosedFor { get; }

    public int SysMsgBufferSize { get; }

    public TimeSpan SysResendTimeout { get; }

    public TimeSpan SysMsgAckTimeout { get; }

    public TimeSpan InitialSysMsgDeliveryTimeout { get; }

    public TimeSpan QuarantineSilentSystemTimeout { get; }

    public TimeSpan WatchHeartBeatInterval { get; }

    public TimeSpan WatchUnreachableReaperInterval { get; }

    public TimeSpan WatchHeartbeatExpectedResponseAfter { get; }

    public Config WatchFailureDetectorConfig { get; }

    public string WatchFailureDetectorImplementationClass { get; }

    internal TimeSpan HandshakeTimeout { get; }

    /// <summary>How often a connection with nothing to carry says that it is alive.</summary>
    internal TimeSpan TransportHeartbeatInterval { get; }

    /// <summary>How long a connection may be silent before it is given up.</summary>
    internal TimeSpan TransportSilence { get; }

    private static int CountOrOff(Config config, string key) =>
        config.GetString(key) is "off" or "false" ? 0 : config.GetInt(key);

    private static int Positive(Config config, string key)
    {
        var value = config.GetInt(key);
        return value > 0 ? value : throw new ConfigurationException($"{key} = {value}: expected a number above 0");
    }
}
