using ActorScheduler.Agent.Executors;
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

    /// <summary>Executors' own.</summary>
    public required ExecutorSettings Executors { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static AgentSettings From(Config config)
    {
        const string Section = "actorscheduler.agent";
        return new AgentSettings
        {
            RegistrationRetry = Time("registration-retry"),
            UpdateRetryMin = Time("update-retry-min"),
            UpdateRetryMax = Time("update-retry-max"),
            UpdatesPerMessage = config.GetInt($"{Section}.updates-per-message") is var count and >= 1
                ? count
                : throw new ArgumentException($"{Section}.updates-per-message must be at least 1"),
            Executors = new ExecutorSettings(Time("call-timeout"), Time("start-timeout"), Time("kill-grace-period"), Time("restart-min"), Time("restart-max")),
        };

        TimeSpan Time(string key) => config.GetTimeSpan($"{Section}.{key}") is var value && value > TimeSpan.Zero
            ? value
            : throw new ArgumentException($"{Section}.{key} must be more than 0, is {value}");
    }
}
