using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Node.Daemon;
using ActorScheduler.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ActorScheduler.Node.Specs.Daemon;

/// <summary>What a service manager is told, and what a node takes from its host.</summary>
public sealed class SystemdSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    [Fact]
    public async Task A_service_says_when_it_is_ready_that_it_is_alive_and_when_it_stops()
    {
        string path = Path.Combine(_asched.Folder, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var start = new ProcessStartInfo("dotnet", [NodeProgram.Assembly, "dev", "--nodes", "1", "--http", "off"]) { RedirectStandardOutput = true };
        start.Environment["NOTIFY_SOCKET"] = path;
        start.Environment["WATCHDOG_USEC"] = "400000";
        using Process node = Process.Start(start)!;

        await Told(socket, "WATCHDOG=1");
        await Told(socket, "READY=1");
        await Told(socket, "WATCHDOG=1");
        using (Process kill = Process.Start("kill", ["-TERM", $"{node.Id}"]))
            await kill.WaitForExitAsync();
        await Told(socket, "STOPPING=1");
        await node.WaitForExitAsync().WaitAsync(Asched.Limit);
        Assert.Equal(0, node.ExitCode);
    }

    [Fact]
    public async Task An_engine_that_was_there_once_is_not_forgotten_while_it_is_down()
    {
        DockerSettings nowhere = new() { Endpoint = new Uri($"unix://{_asched.Folder}/none.sock") };

        Assert.DoesNotContain("docker", await ContainerizerChoice.Resolve(["auto"], nowhere, _asched.Folder, TimeProvider.System));
        Assert.Equal(["docker"], await ContainerizerChoice.Resolve(["docker"], nowhere, _asched.Folder, TimeProvider.System));
        await File.WriteAllLinesAsync(Path.Combine(_asched.Folder, "containerizers"), ["docker"]);
        Assert.Contains("docker", await ContainerizerChoice.Resolve(["auto"], nowhere, _asched.Folder, TimeProvider.System));
    }

    [Fact]
    public async Task An_engine_that_is_about_to_start_is_waited_for()
    {
        string path = Path.Combine(_asched.Folder, "engine.sock");
        int asked = 0;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(server => server.ListenUnixSocket(path));
        await using WebApplication engine = builder.Build();
        engine.MapFallback(() => Interlocked.Increment(ref asked) == 1 ? Results.StatusCode(503) : Results.Text("OK"));
        await engine.StartAsync();

        Assert.Contains("docker", await ContainerizerChoice.Resolve(["auto"], new() { Endpoint = new Uri($"unix://{path}") }, null, TimeProvider.System));
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private static async Task Told(Socket socket, string expected)
    {
        using var limit = new CancellationTokenSource(Asched.Limit);
        byte[] buffer = new byte[100];
        string told;
        do
            told = Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
        while (told != expected);
    }
}
