using System.Net;
using System.Net.Sockets;
using Xunit;

namespace ActorScheduler.Processes;

/// <summary>A fact about IPv6. Skipped where not even the loopback address is there, unless ACTORSCHEDULER_REQUIRE_ALL=1: then it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Ipv6FactAttribute : FactAttribute
{
    /// <summary>Looks whether something can listen on <c>::1</c>.</summary>
    public Ipv6FactAttribute()
    {
        if (Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") == "1")
            return;
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
        }
        catch (SocketException e)
        {
            Skip = $"There is no IPv6 here: {e.Message}";
        }
    }
}
