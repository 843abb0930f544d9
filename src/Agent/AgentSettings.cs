using ActorScheduler.Agent.Executors;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent;

/// <summary>Times and limits of agents: <c>actorscheduler.agent</c>.</summary>
internal sealed record AgentSettings
{
    /// <summary>Pause before a registration is tried again.</summary>
    public required TimeSpan RegistrationRetry { get; init; }

    /// <summary>First pause before updates are sent again; it doubles.</summary>
    public required TimeSpan UpdateRetryMin { get; init; }

    /// <summary>Longest such pause.</summary>
    public required TimeSpan UpdateRetryMax { get; init; }

    /// <summary>Most updates in one message.</summary>
    public required int UpdatesPerMessage { get; init; }

    /// <summary>How often container engines are asked whether they work.</summary>
    public required TimeSpan ProbeInterval { get; init; }

    /// <summary>Longest that such an answer may take.</summary>
    public required TimeSpan ProbeTimeout { get; init; }

    /// <summary>Sandboxes' own.</summary>
    public required SandboxSettings Sandboxes { get; init; }

    /// <summary>Executors' own.</summary>
    public required ExecutorSettings Executors { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static AgentSettings From(Config config)
    {
        var section = new SettingsSection(config, "actorscheduler.agent");
        return new AgentSettings
        {
            RegistrationRetry = section.Time("registration-retry"),
            UpdateRetryMin = section.Time("update-retry-min"),
            UpdateRetryMax = section.Time("update-retry-max"),
            UpdatesPerMessage = section.Count("updates-per-message"),
            ProbeInterval = section.Time("probe-interval"),
            ProbeTimeout = section.Time("probe-timeout"),
            Sandboxes = SandboxSettings.From(config),
            Executors = new ExecutorSettings(
                section.Time("call-timeout"), section.Time("start-timeout"), section.Time("kill-grace-period"), section.Time("restart-min"),
                section.Time("restart-max")),
        };
    }
}
