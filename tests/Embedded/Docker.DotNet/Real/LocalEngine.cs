using System.Net.Sockets;
using System.Text;

namespace Docker.DotNet.Specs.Real;

/// <summary>The engine that tests run against: a private one of scripts/docker, DOCKER_HOST, or the system's, whichever answers
/// first.</summary>
public static class LocalEngine
{
    public const string Image = "actorscheduler/busybox:1";

    private static readonly Lazy<(string? Socket, string Reason)> Found = new(Find);

    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("ACTORSCHEDULER_DOCKER_DIR") is { Length: > 0 } folder ? folder
            : Path.Combine(Path.GetTempPath(), "actorscheduler-docker");

    public static string PrivateSocket => Path.Combine(Folder, "docker.sock");

    /// <summary>Null when an engine with the image answers; else why the test cannot run.</summary>
    public static string? Missing => Found.Value.Socket is null ? Found.Value.Reason : null;

    /// <summary>Set where everything has to be there, so that nothing is passed over.</summary>
    public static bool Required => Environment.GetEnvironmentVariable("ACTORSCHEDULER_REQUIRE_ALL") == "1";

    public static string Socket => Found.Value.Socket ?? PrivateSocket;

    public static DockerClient Client(TimeSpan timeout = default) =>
        new DockerClientConfiguration(new Uri("unix://" + Socket), defaultTimeout: timeout).CreateClient();

    private static (string?, string) Find()
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST");
        string[] sockets = [PrivateSocket, host?.StartsWith("unix://", StringComparison.Ordinal) == true
            ? host["unix://".Length..] : "", "/var/run/docker.sock"];
        var answering = sockets.FirstOrDefault(socket => socket.Length > 0 && Get(socket, "/_ping") == 200);
        if (answering is null) return (null, "No Docker engine answers. Start one: scripts/docker start");
        return Get(answering, $"/images/{Image}/json") == 200 ? (answering, "")
            : (null, $"The engine has no {Image}. Make it: scripts/docker image");
    }

    /// <summary>The status of a request, or 0. Blocking, and without the client under test: it runs when tests are
    /// discovered.</summary>
    private static int Get(string path, string url)
    {
        if (!File.Exists(path)) return 0;
        using var socket = new Socket(
            AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 3000, SendTimeout = 3000 };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send(Encoding.ASCII.GetBytes($"GET {url} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"));
            var head = new byte[12];
            return socket.Receive(head) == head.Length && int.TryParse(Encoding.ASCII.GetString(head, 9, 3), out var status)
                ? status : 0;
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
