using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Akka.Configuration;

namespace Akka.Remote.Transport;

/// <summary>Settings below <c>akka.remote.dot-netty.tcp</c>: where to listen and how.</summary>
internal sealed class TcpSettings
{
    private const string Section = "akka.remote.dot-netty.tcp.";

    internal TcpSettings(Config config)
    {
        Hostname = Text(config, "hostname") is { Length: > 0 } host ? host : IPAddress.Any.ToString();
        PublicHostname = InAddresses(
            Text(config, "public-hostname") is { Length: > 0 } given ? given
            : IPAddress.TryParse(Hostname, out var any) && (any.Equals(IPAddress.Any) || any.Equals(IPAddress.IPv6Any)) ? Dns.GetHostName()
            : Hostname);
        Port = PortAt(config, "port");
        PublicPort = PortAt(config, "public-port") is var port && port > 0 ? port : null;
        MaximumFrameSize = Size(config, "maximum-frame-size", least: 32_000);
        SendBufferSize = Size(config, "send-buffer-size", least: 0);
        ReceiveBufferSize = Size(config, "receive-buffer-size", least: 0);
        Backlog = config.GetInt(Section + "backlog", 4096);
        ConnectTimeout = config.GetTimeSpan(Section + "connection-timeout", TimeSpan.FromSeconds(15));
        NoDelay = config.GetBoolean(Section + "tcp-nodelay", true);
        KeepAlive = config.GetBoolean(Section + "tcp-keepalive", true);
        ReuseAddress = config.GetString(Section + "tcp-reuse-addr", "on") is not ("off" or "false");
        IsSsl = config.GetBoolean(Section + "enable-ssl");
    }

    internal string Hostname { get; }

    internal string PublicHostname { get; }

    internal int Port { get; }

    internal int? PublicPort { get; }

    internal int MaximumFrameSize { get; }

    internal int SendBufferSize { get; }

    internal int ReceiveBufferSize { get; }

    internal int Backlog { get; }

    internal TimeSpan ConnectTimeout { get; }

    internal bool NoDelay { get; }

    internal bool KeepAlive { get; }

    internal bool ReuseAddress { get; }

    internal bool IsSsl { get; }

    internal string Scheme => IsSsl ? "akka.ssl.tcp" : "akka.tcp";

    internal void Apply(Socket socket)
    {
        socket.NoDelay = NoDelay;
        if (SendBufferSize > 0) socket.SendBufferSize = SendBufferSize;
        if (ReceiveBufferSize > 0) socket.ReceiveBufferSize = ReceiveBufferSize;
        if (KeepAlive) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        ResendSteadily(socket);
    }

    /// <summary>
    /// What a network lost is sent again at even intervals at first, and never later than after a second: with intervals that
    /// double, a cut of 1.5 s silences a connection for 3 s, and whoever is on the other side is thought to be lost.
    /// </summary>
    private static void ResendSteadily(Socket socket)
    {
        if (!OperatingSystem.IsLinux()) return;
        // From linux/tcp.h. The first is for connections with little to carry, and not with every congestion control; the
        // second came with Linux 6.15.
        const int thinLinearTimeouts = 16, rtoMaxMilliseconds = 44;
        Option(thinLinearTimeouts, 1);
        Option(rtoMaxMilliseconds, 1000);

        void Option(int name, int value)
        {
            try
            {
                socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, name, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));
            }
            catch (SocketException)
            {
                // A kernel without it: after a cut connections take longer to come back, which is all.
            }
        }
    }

    /// <summary>An IPv6 address stands in brackets in addresses, in one form whichever it was written in.</summary>
    private static string InAddresses(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;

    private static string? Text(Config config, string key) => config.GetString(Section + key);

    private static int PortAt(Config config, string key)
    {
        var port = config.GetInt(Section + key);
        return port is >= 0 and <= ushort.MaxValue
            ? port
            : throw new ConfigurationException($"{Section}{key} = {port}: expected a port from 0 to 65535");
    }

    private static int Size(Config config, string key, int least)
    {
        var size = config.GetByteSize(Section + key, 0) ?? 0;
        return size >= least && size <= int.MaxValue / 2
            ? (int)size
            : throw new ConfigurationException($"{Section}{key} = {size}b: expected at least {least}b and at most {int.MaxValue / 2}b");
    }
}
