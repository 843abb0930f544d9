using System.Net.Sockets;
using System.Text;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>The engine that specs run against: DOCKER_HOST, the private one of scripts/docker, or the system's, whichever answers first.</summary>
internal static class LocalEngine
{
    public const string Image = "actorscheduler/busybox:1";

    private static readonly Lazy<(string? Socket, string Reason)> Found = new(Find);

    /// <summary>Null when an engine with the image answers; else why the spec cannot run.</summary>
    public static string? Missing => Found.Value.Socket is null ? Found.Value.Reason : null;

    /// <summary>Set where everything has to be there, so that nothing is passed over.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") == "1";

    public static Uri Endpoint => new("unix://" + (Found.Value.Socket ?? "/no/engine"));

    /// <summary>Whether somebody answers a path of a unix socket with 200. Blocking: it runs when specs are discovered.</summary>
    public static bool Answers(string path, string url)
    {
        if (!File.Exists(path))
            return false;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 3000, SendTimeout = 3000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send(Encoding.ASCII.GetBytes($"GET {url} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"));
            byte[] head = new byte[12];
            return socket.Receive(head) == head.Length && Encoding.ASCII.GetString(head, 9, 3) == "200";
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static (string?, string) Find()
    {
        string folder = Environment.GetEnvironmentVariable("ACTORSCHEDULER_DOCKER_DIR") is { Length: > 0 } set ? set : Path.Combine(Path.GetTempPath(), "actorscheduler-docker");
        string host = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "";
        string[] sockets = [host.StartsWith("unix://", StringComparison.Ordinal) ? host["unix://".Length..] : "", Path.Combine(folder, "docker.sock"), "/var/run/docker.sock"];
        if (Array.Find(sockets, static socket => socket.Length > 0 && Answers(socket, "/_ping")) is not { } answering)
            return (null, "No Docker engine answers. Start one: scripts/docker start");
        return Answers(answering, $"/images/{Image}/json") ? (answering, "") : (null, $"The engine has no {Image}. Make it: scripts/docker image");
    }
}
