using System.Diagnostics.CodeAnalysis;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// Where an actor system is found: <c>protocol://system@host:port</c>, or <c>protocol://system</c> when the address is
/// only meaningful inside the system itself (local scope).
/// </summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, ISurrogated, ICloneable
{
    /// <summary>Orders addresses by protocol, system, host and port.</summary>
    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(static (a, b) => Compare(a, b));

    /// <summary>Pseudo address for all known actor systems.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private string? _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    public string Protocol { get; }

    public string System { get; }

    /// <summary>Host name or IP address in lower case; null for a local address.</summary>
    public string? Host { get; }

    public int? Port { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !string.IsNullOrEmpty(Host);

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <summary><c>system@host:port</c>, without the protocol.</summary>
    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    public object Clone() => new Address(Protocol, System, Host, Port);

    public int CompareTo(Address? other) => Compare(this, other);

    public bool Equals(Address? other) =>
        ReferenceEquals(this, other) ||
        (other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol);

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address? left, Address? right) => !(left == right);

    public override string ToString() => _text ??= Format();

    public ISurrogate ToSurrogate(ActorSystem system) =>
        new AddressSurrogate { Host = Host, Port = Port, Protocol = Protocol, System = System };

    /// <summary>Reads <c>protocol://system</c> or <c>protocol://system@host:port</c>.</summary>
    /// <exception cref="UriFormatException">The text is not an address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out Address? parsed)
            ? parsed
            : throw new UriFormatException($"[{address}] is not an address: expected protocol://system or protocol://system@host:port");

    public static bool TryParse(string address, [NotNullWhen(true)] out Address? parsed) => TryParse(address.AsSpan(), out parsed);

    public static bool TryParse(string address, [NotNullWhen(true)] out Address? parsed, out string absolutUri)
    {
        var found = TryParse(address.AsSpan(), out parsed, out var rest);
        absolutUri = rest.ToString();
        return found;
    }

    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? parsed) => TryParse(span, out parsed, out _);

    /// <summary>Reads an address and gives back the rest of the text, which starts with a slash or is just <c>/</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? parsed, out ReadOnlySpan<char> absolutUri)
    {
        parsed = null;
        absolutUri = default;
        var scheme = span.IndexOf("://");
        if (scheme <= 0 || !IsProtocol(span[..scheme])) return false;

        var protocol = span[..scheme];
        var authority = span[(scheme + 3)..];
        var slash = authority.IndexOf('/');
        absolutUri = slash < 0 ? "/" : authority[slash..];
        if (slash >= 0) authority = authority[..slash];

        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':')) return false;
            parsed = new Address(protocol.ToString(), authority.ToString());
            return true;
        }

        var system = authority[..at];
        var hostPort = authority[(at + 1)..];
        var colon = hostPort.LastIndexOf(':');
        if (system.IsEmpty || colon <= 0 || hostPort.IndexOf('@') >= 0) return false;
        if (!ushort.TryParse(hostPort[(colon + 1)..], out var port)) return false;
        var host = hostPort[..colon];
        // Colons of an IPv6 address would be taken for the one before the port, so it stands in brackets.
        if (host.Contains(':') && !(host[0] == '[' && host[^1] == ']')) return false;
        parsed = new Address(protocol.ToString(), system.ToString(), host.ToString(), port);
        return true;
    }

    private static bool IsProtocol(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '+'))
                return false;
        return char.IsAsciiLetter(text[0]);
    }

    private static int Compare(Address? a, Address? b)
    {
        if (ReferenceEquals(a, b)) return 0;
        if (a is null) return -1;
        if (b is null) return 1;
        var order = string.CompareOrdinal(a.Protocol, b.Protocol);
        if (order == 0) order = string.CompareOrdinal(a.System, b.System);
        if (order == 0) order = string.CompareOrdinal(a.Host ?? "", b.Host ?? "");
        return order != 0 ? order : (a.Port ?? 0).CompareTo(b.Port ?? 0);
    }

    private string Format()
    {
        if (HasLocalScope) return $"{Protocol}://{System}";
        return Port is { } port ? $"{Protocol}://{System}@{Host}:{port}" : $"{Protocol}://{System}@{Host}";
    }

    /// <summary>The form in which an address travels inside a serialized message.</summary>
    public sealed class AddressSurrogate : ISurrogate
    {
        public string Protocol { get; set; } = "akka";

        public string System { get; set; } = "";

        public string? Host { get; set; }

        public int? Port { get; set; }

        public ISurrogated FromSurrogate(ActorSystem system) => new Address(Protocol, System, Host, Port);
    }
}
