using System.Net.Sockets;
using System.Text;

namespace ActorScheduler.Node.Daemon;

/// <summary>Tells systemd how a service of <c>Type=notify</c> stands; without systemd nothing happens.</summary>
internal static class SystemdNotice
{
    internal const string Ready = "READY=1";
    internal const string Stopping = "STOPPING=1";
    internal const string Alive = "WATCHDOG=1";

    internal static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An @ stands for the zero byte that begins an abstract name.
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
        }
        catch (SocketException)
        {
            // The node works without it; systemd says itself that it was not told.
        }
    }
}
