using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Protocol.Links;

/// <summary>Addresses of nodes as people write them: <c>HOST:PORT</c>, where HOST is a name, an IPv4 address, or an IPv6 address in brackets.</summary>
public static class NodeAddress
{
    /// <summary>Reads an address.</summary>
    /// <param name="text">As in <c>master1:2551</c>, <c>10.0.0.1:2551</c> or <c>[::1]:2551</c>.</param>
    /// <param name="field">What a problem names.</param>
    /// <returns>The system that listens there; an IPv6 address in brackets and in its shortest form, so that all name it alike.</returns>
    public static Result<Address> Parse(string text, string field = "address")
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
            return new Problem(field, $"'{text}' must be written HOST:PORT");
        string host = text[..colon].Trim();
        if (host is ['[', .. var inner, ']'])
        {
            // A zone (%eth0) means something on one host only, and the others have to find this one by its address.
            return IPAddress.TryParse(inner, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId == 0
                ? new Address("akka.tcp", ClusterNames.System, $"[{address}]", port)
                : new Problem(field, $"'{inner}' must be an IPv6 address without a zone, as in [::1]:2551");
        }
        return host.Contains(':', StringComparison.Ordinal) || Uri.CheckHostName(host) is UriHostNameType.Unknown
            ? new Problem(field, $"'{host}' must be a name, an IPv4 address, or an IPv6 address in brackets, as in [::1]:2551")
            : new Address("akka.tcp", ClusterNames.System, host, port);
    }
}
