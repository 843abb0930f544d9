using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Master.Membership;

/// <summary>What masters do about each other: <c>actorscheduler.masters</c>.</summary>
/// <param name="DownsRefused">Whether a refused connection proves a death.</param>
/// <param name="RefusedPause">Between two connections.</param>
internal sealed record MembershipSettings(bool DownsRefused, TimeSpan RefusedPause)
{
    /// <summary>Reads the section.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names the key.</exception>
    internal static MembershipSettings From(Config config)
    {
        var section = new SettingsSection(config, "actorscheduler.masters");
        return new MembershipSettings(section.Switch("down-refused"), section.Time("refused-pause"));
    }
}
