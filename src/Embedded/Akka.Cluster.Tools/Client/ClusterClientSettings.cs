using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Client;

/// <summary>Settings of a <see cref="ClusterClient"/>, by default those at <c>akka.cluster.client</c>.</summary>
public sealed class ClusterClientSettings : INoSerializationVerificationNeeded
{
    private const int LargestBuffer = 10_000;

    public ClusterClientSettings(
        IImmutableSet<ActorPath> initialContacts, TimeSpan establishingGetContactsInterval, TimeSpan refreshContactsInterval,
        TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause, int bufferSize, TimeSpan? reconnectTimeout = null)
        : this(
            initialContacts, establishingGetContactsInterval, refreshContactsInterval, heartbeatInterval, acceptableHeartbeatPause, bufferSize,
            useLegacySerialization: true, reconnectTimeout)
    {
    }

    /// <param name="initialContacts">Paths of receptionists.</param>
    /// <param name="establishingGetContactsInterval">How often contacts are asked while there is no receptionist.</param>
    /// <param name="refreshContactsInterval">How often the receptionist is asked for the present contacts.</param>
    /// <param name="heartbeatInterval">How often the receptionist hears from the client, and answers.</param>
    /// <param name="acceptableHeartbeatPause">How much later than that an answer may come.</param>
    /// <param name="bufferSize">How many messages wait while there is no receptionist, 0 to 10000.</param>
    /// <param name="useLegacySerialization">Without meaning here.</param>
    /// <param name="reconnectTimeout">After so long without a receptionist the client stops; null for never.</param>
    public ClusterClientSettings(
        IImmutableSet<ActorPath> initialContacts, TimeSpan establishingGetContactsInterval, TimeSpan refreshContactsInterval,
        TimeSpan heartbeatInterval, TimeSpan acceptableHeartbeatPause, int bufferSize, bool useLegacySerialization, TimeSpan? reconnectTimeout = null)
    {
        InitialContacts = initialContacts;
        EstablishingGetContactsInterval = establishingGetContactsInterval;
        RefreshContactsInterval = refreshContactsInterval;
        HeartbeatInterval = heartbeatInterval;
        AcceptableHeartbeatPause = acceptableHeartbeatPause;
        BufferSize = InRange(bufferSize);
        UseLegacySerialization = useLegacySerialization;
        ReconnectTimeout = reconnectTimeout;
    }

    public IImmutableSet<ActorPath> InitialContacts { get; private set; }

    public TimeSpan EstablishingGetContactsInterval { get; private set; }

    public TimeSpan RefreshContactsInterval { get; private set; }

    public TimeSpan HeartbeatInterval { get; private set; }

    public TimeSpan AcceptableHeartbeatPause { get; }

    public int BufferSize { get; private set; }

    /// <summary>Without meaning here: there is one form on the wire.</summary>
    public bool UseLegacySerialization { get; private set; }

    public TimeSpan? ReconnectTimeout { get; private set; }

    /// <summary>Whether each message is logged at debug level.</summary>
    public bool VerboseLogging { get; private set; }

    /// <summary>The settings at <c>akka.cluster.client</c>.</summary>
    public static ClusterClientSettings Create(ActorSystem system) => Create(ToolsDefaults.Section(system, "akka.cluster.client"));

    /// <summary>The settings of a section like <c>akka.cluster.client</c>.</summary>
    /// <exception cref="ConfigurationException">There is no such section, or a contact is no path.</exception>
    public static ClusterClientSettings Create(Config config)
    {
        if (config.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<ClusterClientSettings>("akka.cluster.client");
        var reconnectTimeout = config.GetString("reconnect-timeout")?.ToLowerInvariant() is null or "" or "off" or "false"
            ? (TimeSpan?)null : config.GetTimeSpan("reconnect-timeout");
        return new ClusterClientSettings(
            [.. (config.GetStringList("initial-contacts") ?? []).Select(ParseContact)], config.GetTimeSpan("establishing-get-contacts-interval"),
            config.GetTimeSpan("refresh-contacts-interval"), config.GetTimeSpan("heartbeat-interval"), config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetInt("buffer-size"), config.GetBoolean("use-legacy-serialization"), reconnectTimeout)
        {
            VerboseLogging = config.GetBoolean("verbose-logging"),
        };
    }

    /// <exception cref="ArgumentException">There are none.</exception>
    public ClusterClientSettings WithInitialContacts(IImmutableSet<ActorPath> initialContacts)
    {
        if (initialContacts.Count == 0) throw new ArgumentException("InitialContacts must be defined", nameof(initialContacts));
        return Copy(settings => settings.InitialContacts = initialContacts);
    }

    public ClusterClientSettings WithEstablishingGetContactsInterval(TimeSpan value) => Copy(settings => settings.EstablishingGetContactsInterval = value);

    public ClusterClientSettings WithRefreshContactsInterval(TimeSpan value) => Copy(settings => settings.RefreshContactsInterval = value);

    public ClusterClientSettings WithHeartbeatInterval(TimeSpan value) => Copy(settings => settings.HeartbeatInterval = value);

    public ClusterClientSettings WithBufferSize(int bufferSize) => Copy(settings => settings.BufferSize = InRange(bufferSize));

    public ClusterClientSettings WithUseLegacySerialization(bool useLegacySerialization) =>
        Copy(settings => settings.UseLegacySerialization = useLegacySerialization);

    /// <param name="reconnectTimeout">Null for never.</param>
    public ClusterClientSettings WithReconnectTimeout(TimeSpan? reconnectTimeout) => Copy(settings => settings.ReconnectTimeout = reconnectTimeout);

    private static ActorPath ParseContact(string text) => ActorPath.TryParse(text, out var path) && path.Address.HasGlobalScope
        ? path
        : throw new ConfigurationException(
            $"akka.cluster.client.initial-contacts: [{text}] is no path; expected akka.tcp://system@host:port/system/receptionist");

    private static int InRange(int bufferSize) => bufferSize is >= 0 and <= LargestBuffer
        ? bufferSize
        : throw new ArgumentException("akka.cluster.client.buffer-size must be >= 0 and <= 10000", nameof(bufferSize));

    private ClusterClientSettings Copy(Action<ClusterClientSettings> change)
    {
        var copy = (ClusterClientSettings)MemberwiseClone();
        change(copy);
        return copy;
    }
}
