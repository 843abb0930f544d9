using System.Net;
using System.Net.Sockets;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>What people read when a container does not start.</summary>
public sealed class ProblemSpecs : RealDockerSpecs
{
    [DockerFact]
    public async Task A_command_that_is_not_in_the_image_is_named()
    {
        Assert.Equal($"command: there is no 'nosuch' in the image '{LocalEngine.Image}'", await Refused(Order(new CommandInfo("nosuch", Shell: false))));
        Assert.Equal($"command: there is no '/no/such' in the image '{LocalEngine.Image}'", await Refused(Order(new CommandInfo("/no/such", Shell: false))));
        Assert.Equal(
            $"command: '/etc/passwd' in the image '{LocalEngine.Image}' is not a program that may be run", await Refused(Order(new CommandInfo("/etc/passwd", Shell: false))));
    }

    [DockerFact]
    public async Task An_unknown_user_network_or_host_path_is_named()
    {
        Assert.Equal($"command.user: the image '{LocalEngine.Image}' knows no 'bob'", await Refused(Order(new CommandInfo("true", User: "bob"))));
        Assert.Equal("container.network_name: the engine has no network 'nonet'", await Refused(Order("true", static task => With(task, container => container with
        {
            Network = ContainerNetwork.User, NetworkName = "nonet",
        }))));
        Assert.Equal("container.volumes: there is no '/no/such/folder' on the host", await Refused(Order("true", static task => With(task, container => container with
        {
            Volumes = [new Volume("/x", HostPath: "/no/such/folder")],
        }))));
    }

    [DockerFact]
    public async Task An_image_whose_registry_cannot_be_reached_or_whose_name_is_none_is_named()
    {
        string unreachable = await Refused(Order("true", static task => With(task, container => container with { Image = "127.0.0.1:1/nobody/nothing:1" })));
        string forced = await Refused(Order("true", static task => With(task, container => container with { Image = "127.0.0.1:1/nobody/nothing:1", ForcePull = true })));
        string bad = await Refused(Order("true", static task => With(task, container => container with { Image = "Bad:::Name" })));

        Assert.StartsWith("container.image: the registry of '127.0.0.1:1/nobody/nothing:1' cannot be reached: ", unreachable, StringComparison.Ordinal);
        Assert.Equal(unreachable, forced);
        Assert.StartsWith("container.image: 'Bad:::Name' is not the name of an image", bad, StringComparison.Ordinal);
        Assert.Contains(Told, static line => line.Contains("is being pulled", StringComparison.Ordinal));
    }

    [DockerFact]
    public async Task A_registry_that_does_not_know_an_image_and_one_that_never_answers_are_told_apart()
    {
        using var knowsNothing = new TcpListener(IPAddress.Loopback, 0);
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        knowsNothing.Start();
        mute.Start();
        using var until = new CancellationTokenSource();
        Task serving = Serve(knowsNothing, until.Token);
        string unknown = $"127.0.0.1:{((IPEndPoint)knowsNothing.LocalEndpoint).Port}/some/thing:1";
        string silent = $"127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}/some/thing:1";

        ContainerOrder hung = Order("true", task => With(task, container => container with { Image = silent }));
        Exception? standsStill = await Record.ExceptionAsync(() => Another(Settings with { PullTimeout = TimeSpan.FromSeconds(1) }).Start(hung, Soon));

        Assert.Contains($"does not know '{unknown}'", await Refused(Order("true", task => With(task, container => container with { Image = unknown }))), StringComparison.Ordinal);
        Assert.Equal($"container.image: pulling '{silent}' stands still: the engine told nothing new for 1 s", Assert.IsType<ContainerException>(standsStill).Message);
        await until.CancelAsync();
        await serving;
    }

    [DockerFact]
    public async Task What_was_refused_leaves_nothing_once_it_is_removed()
    {
        ContainerOrder order = Order(new CommandInfo("nosuch", Shell: false));
        await Refused(order);
        await Docker.Remove(order.RunId, Soon);

        Assert.Empty(await Docker.List(Agent, null, Soon));
        await Assert.ThrowsAsync<ContainerException>(() => Docker.WhenEnded(order.RunId, Soon));
    }

    private static TaskInfo With(TaskInfo task, Func<ContainerInfo, ContainerInfo> change) => task with { Container = change(task.Container!) };

    /// <summary>A registry that has nothing.</summary>
    private static async Task Serve(TcpListener listener, CancellationToken until)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(until);
                NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[8192];
                int read = await stream.ReadAsync(buffer, until);
                bool isPing = System.Text.Encoding.ASCII.GetString(buffer, 0, read).StartsWith("GET /v2/ ", StringComparison.Ordinal);
                string body = isPing ? "{}" : """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""";
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {(isPing ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), until);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The spec is over.
        }
    }
}
