using ActorScheduler.Containers.Processes;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Engines;

/// <summary>How an agent runs plain processes: <c>actorscheduler.agent.process</c>.</summary>
public static class ProcessSection
{
    private const string Key = "actorscheduler.agent.process";

    /// <summary>Reads the section.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="stateFolder">See <see cref="ProcessSettings.StateFolder"/>.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    public static ProcessSettings From(Config config, string stateFolder)
    {
        var section = new SettingsSection(config, Key);
        string group = config.GetString($"{Key}.control-group") ?? "";
        if (group.Length == 0 || group.Any(static c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) || group.StartsWith('.'))
            throw new ArgumentException($"{Key}.control-group must be a plain name, is '{group}'");
        return new ProcessSettings
        {
            StateFolder = stateFolder,
            StartsInFlight = section.Count("starts-in-flight"),
            UsesControlGroups = section.Switch("control-groups"),
            ControlGroup = group,
            SwitchesUser = section.Switch("switch-user"),
            IsCpuQuota = section.Switch("cpu-quota"),
            IsSwapAllowed = section.Switch("swap"),
            PidsLimit = section.CountOrNone("pids-limit"),
            Limits =
            [
                .. ProcessLimit.Of('c', $"{Key}.limits.core", config.GetString($"{Key}.limits.core")),
                .. ProcessLimit.Of('n', $"{Key}.limits.nofile", config.GetString($"{Key}.limits.nofile")),
                .. ProcessLimit.Of('u', $"{Key}.limits.nproc", config.GetString($"{Key}.limits.nproc")),
                .. ProcessLimit.Of('f', $"{Key}.limits.fsize", config.GetString($"{Key}.limits.fsize")),
            ],
            LogSize = section.Bytes("log-size"),
            LookInterval = section.Time("look-interval"),
            KillTimeout = section.Time("kill-timeout"),
        };
    }
}
