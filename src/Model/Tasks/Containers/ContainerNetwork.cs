namespace ActorScheduler.Model;

/// <summary>How a container is joined to networks; the numbers are Mesos's.</summary>
public enum ContainerNetwork
{
    /// <summary>The host's own network.</summary>
    Host = 1,

    /// <summary>The engine's bridge.</summary>
    Bridge = 2,

    /// <summary>None.</summary>
    None = 3,

    /// <summary>A network that users made.</summary>
    User = 4,
}
