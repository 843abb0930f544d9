using System.Globalization;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Node.Configuration;

/// <summary>Where something listens: a name or an IPv4 address, and a port.</summary>
/// <param name="Host">As it was written.</param>
/// <param name="Port">0 to 65535; 0 for any that is free.</param>
internal readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>.</summary>
    internal static Result<HostPort> Parse(string text, string field = "address")
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
            return new Problem(field, $"'{text}' must be written HOST:PORT");
        string host = text[..colon].Trim();
        return host.Contains(':', StringComparison.Ordinal) || Uri.CheckHostName(host) is UriHostNameType.Unknown
            ? new Problem(field, $"'{host}' must be a name or an IPv4 address")
            : new HostPort(host, port);
    }

    /// <summary>The system that listens there.</summary>
    internal Address ToAddress() => new("akka.tcp", SystemConfig.SystemName, Host, Port);

    public override string ToString() => $"{Host}:{Port}";
}
