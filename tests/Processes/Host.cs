namespace ActorScheduler.Processes;

/// <summary>
/// A host of its own on this machine: a network namespace with an address, on a <see cref="Network"/> that joins
/// several. Needs root.
/// </summary>
public sealed class Host
{
    internal Host(Network network, string name, string address)
    {
        Network = network;
        Namespace = name;
        Address = address;
    }

    /// <summary>The network it is on.</summary>
    public Network Network { get; }

    /// <summary>The name of its network namespace.</summary>
    public string Namespace { get; }

    /// <summary>Its IPv4 address, reachable from the other hosts of the network.</summary>
    public string Address { get; }

    /// <summary>Cuts it off: nothing comes in or goes out any more.</summary>
    public Task Cut() => Network.SetLink(this, up: false);

    /// <summary>Joins it again.</summary>
    public Task Heal() => Network.SetLink(this, up: true);
}
