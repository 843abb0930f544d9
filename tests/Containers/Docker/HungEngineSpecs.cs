using System.Diagnostics;
using System.Net.Sockets;
using ActorScheduler.Containers.Docker;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>Engines that do not answer: one that is gone, and one that accepts connections and never says a word.</summary>
public sealed class HungEngineSpecs : IAsyncLifetime
{
    private TestFolder Folder { get; } = new();

    private Socket Mute { get; } = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private DockerContainerizer Hung { get; set; } = null!;

    private DockerContainerizer Gone { get; set; } = null!;

    public Task InitializeAsync()
    {
        string socket = Path.Combine(Folder.Path, "mute.sock");
        Mute.Bind(new UnixDomainSocketEndPoint(socket));
        Mute.Listen(128);
        Hung = new DockerContainerizer(Settings(socket), TimeProvider.System);
        Gone = new DockerContainerizer(Settings(Path.Combine(Folder.Path, "gone.sock")), TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Hung.DisposeAsync();
        await Gone.DisposeAsync();
        Mute.Dispose();
        Folder.Dispose();
    }

    [Fact]
    public async Task Probe_says_in_a_sentence_why_there_are_no_containers()
    {
        Assert.Equal($"the Docker engine at unix://{Folder.Path}/mute.sock does not answer: nothing came within 0.4 s", await Hung.Probe(default));
        Assert.StartsWith($"the Docker engine at unix://{Folder.Path}/gone.sock cannot be reached: ", await Gone.Probe(default), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_fails_within_its_time_and_says_why()
    {
        TaskInfo task = Given.Task("t") with { Container = new ContainerInfo("image:1") };
        var order = new ContainerOrder("run-1", Given.AgentId, Given.FrameworkId, task, "", null);
        foreach (DockerContainerizer containers in new[] { Hung, Gone })
        {
            Func<Task>[] calls =
            [
                () => containers.Start(order, default), () => containers.Inspect("r", default), () => containers.WhenEnded("r", default),
                () => containers.Stop("r", TimeSpan.FromSeconds(100), default), () => containers.Remove("r", default), () => containers.List(Given.AgentId, null, default),
                () => containers.Usage("r", default), () => containers.Resize("r", task, default), () => containers.Execute("r", new ContainerCommand(["true"]), default),
            ];
            var clock = Stopwatch.StartNew();
            foreach (ContainerException failure in await Task.WhenAll(calls.Select(static call => Assert.ThrowsAsync<ContainerException>(call))))
                Assert.StartsWith("the Docker engine at unix://", failure.Message, StringComparison.Ordinal);
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        }
    }

    [Fact]
    public async Task Calls_that_wait_for_their_turn_do_not_wait_for_each_others_time_limits()
    {
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Assert.ThrowsAsync<ContainerException>(() => Hung.Remove($"r{i}", default))));

        // One after the other it would be 100 / 4 x 0.5 s.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 6);
    }

    [Fact]
    public async Task A_caller_that_loses_patience_is_let_go()
    {
        using var impatient = new CancellationTokenSource();

        Task inspecting = Hung.Inspect("r", impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspecting);
    }

    private static DockerSettings Settings(string socket) => new()
    {
        Endpoint = new Uri($"unix://{socket}"), CallTimeout = TimeSpan.FromMilliseconds(400), ChangeTimeout = TimeSpan.FromMilliseconds(500),
    };
}
