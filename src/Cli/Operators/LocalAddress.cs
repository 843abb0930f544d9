using System.Net;
using System.Net.Sockets;

namespace ActorScheduler.Cli.Operators;

/// <summary>The address under which another host sees this one.</summary>
internal static class LocalAddress
{
    /// <summary>The address of the interface that packets to <paramref name="host"/> leave by.</summary>
    /// <exception cref="SocketException">The name does not resolve, or there is no way there.</exception>
    internal static string Towards(string host, int port)
    {
        IPAddress there = IPAddress.TryParse(host, out IPAddress? address) ? address
            : Dns.GetHostAddresses(host).OrderBy(static found => found.AddressFamily != AddressFamily.InterNetwork).First();
        using var socket = new Socket(there.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Nothing is sent: it only makes the system choose a way.
        socket.Connect(there, port);
        return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
    }
}
