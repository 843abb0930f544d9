using System.Net;
using ActorScheduler.Model;
using ActorScheduler.Protocol.Links;
using Akka.Actor;

namespace ActorScheduler.Gateway;

/// <summary>Where something listens.</summary>
/// <param name="Host">A name, an IPv4 address, or an IPv6 address in brackets.</param>
/// <param name="Port">0 to 65535; 0 for any that is free.</param>
internal readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>.</summary>
    internal static Result<HostPort> Parse(string text, string field = "address") =>
        NodeAddress.Parse(text, field).TryGet(out Address? address, out Problem? problem) ? new HostPort(address.Host!, address.Port!.Value) : problem;

    /// <summary>Whether only this machine reaches it.</summary>
    internal bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>The system that listens there, with TLS or without.</summary>
    internal Address ToAddress(bool isTls = false) => new(isTls ? "akka.ssl.tcp" : "akka.tcp", ClusterNames.System, Host, Port);

    public override string ToString() => $"{Host}:{Port}";
}
