using System.Net;
using System.Net.Sockets;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>Ports of the host that containers map.</summary>
internal static class HostPorts
{
    /// <summary>One that nobody listened on a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>All that whoever listens says; nothing when nobody does.</summary>
    public static async Task<string> Ask(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "";
        }
    }
}
