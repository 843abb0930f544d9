using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Daemon;

/// <summary>
/// Nodes whose machine refuses connections to their port: nobody listens there any more. Once may be a blip; a second time,
/// at least a heartbeat later and with no answer in between, is not.
/// </summary>
internal sealed class RefusedConnections(TimeSpan apart)
{
    private readonly Dictionary<Address, long> _first = [];
    private readonly HashSet<Address> _gone = [];

    internal bool Contains(Address address) => _gone.Contains(address);

    /// <summary>Takes a failed attempt into account; true when the node is found to be gone by it.</summary>
    internal bool Note(AssociationErrorEvent error)
    {
        if (error.Cause is not SocketException { SocketErrorCode: SocketError.ConnectionRefused }) return false;
        if (_first.TryAdd(error.RemoteAddress, TimeProvider.System.GetTimestamp())) return false;
        return TimeProvider.System.GetElapsedTime(_first[error.RemoteAddress]) >= apart && _gone.Add(error.RemoteAddress);
    }

    /// <summary>It is there, or nobody asks any more.</summary>
    internal void Answered(Address address)
    {
        _first.Remove(address);
        _gone.Remove(address);
    }
}
