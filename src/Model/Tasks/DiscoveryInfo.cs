namespace ActorScheduler.Model;

/// <summary>How a task wants to be found.</summary>
/// <param name="Visibility">Who may find it.</param>
/// <param name="Name">Under which name; null for the task's.</param>
/// <param name="Ports">Its ports, in the order of its port resources.</param>
/// <param name="Labels">Free labels.</param>
public sealed record DiscoveryInfo(
    DiscoveryVisibility Visibility, string? Name = null, IReadOnlyList<DiscoveryPort>? Ports = null, Labels? Labels = null);

/// <summary>Who may find a task; the numbers are Mesos's.</summary>
public enum DiscoveryVisibility
{
    /// <summary>Its framework.</summary>
    Framework = 0,

    /// <summary>The cluster.</summary>
    Cluster = 1,

    /// <summary>Everybody.</summary>
    External = 2,
}

/// <summary>One port of a task.</summary>
/// <param name="Number">The port on the host.</param>
/// <param name="Name">Its name, or null.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="Labels">Free labels.</param>
public sealed record DiscoveryPort(int Number, string? Name = null, string Protocol = "tcp", Labels? Labels = null);
