using ActorScheduler.Client;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links.Tls;

namespace ActorScheduler.Cli.Specs.Certificates;

/// <summary>Nodes that show each other certificates: who has none is neither a node nor a scheduler.</summary>
public sealed class CertsSpecs : IAsyncLifetime
{
    private readonly Asched _asched = new();

    private string Ours => Path.Combine(_asched.Folder, "ours");

    private string Theirs => Path.Combine(_asched.Folder, "theirs");

    [Fact]
    public async Task Nodes_with_certificates_of_one_authority_are_a_cluster_and_nobody_else_gets_in()
    {
        foreach (string folder in new[] { Ours, Theirs })
        {
            await Asched.Says("certs", "authority", "--dir", folder);
            foreach (string name in new[] { "one", "two", "scheduler" })
                await Asched.Says("certs", "node", name, "--dir", folder, "--days", "90");
        }
        NodeProcess[] nodes = [Node(1, Ours, "one"), Node(2, Ours, "two")];
        await Task.WhenAll(nodes.Select(static node => node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit)));

        // A node of another authority, and schedulers without certificate or with one of theirs.
        NodeProcess stranger = Node(3, Theirs, "one");
        await using (var plain = new SchedulerClient(Options(null)))
            await Assert.ThrowsAsync<TimeoutException>(() => plain.AskAllocatorAsync<AgentsSnapshot>(new GetAgents()));
        await using (var theirs = new SchedulerClient(Options(Tls(Theirs))))
            await Assert.ThrowsAsync<TimeoutException>(() => theirs.AskAllocatorAsync<AgentsSnapshot>(new GetAgents()));

        await using var ours = new SchedulerClient(Options(Tls(Ours)) with { CommandTimeout = Asched.Limit });
        AgentsSnapshot agents = await ours.AskAllocatorAsync<AgentsSnapshot>(new GetAgents());
        Assert.Equal(["node-1", "node-2"], agents.Agents.Select(static agent => agent.Info.Hostname).Order());
        Assert.DoesNotContain(stranger.Lines, static line => line.EndsWith("Ready", StringComparison.Ordinal));
        Assert.All(nodes, static node => Assert.False(node.HasExited));
        Assert.All(nodes, static node => Assert.DoesNotContain(node.Lines, static line => line.Contains("fail: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("10.1.2.3:2551")]
    [InlineData("0.0.0.0:2551")]
    [InlineData("[2001:db8::1]:2551")]
    [InlineData("somewhere.example:2551")]
    public async Task A_node_beyond_loopback_without_certificates_does_not_start_unless_that_is_meant(string bind)
    {
        (int code, string error) = await Asched.Fails("node", "--bind", bind, "--data", _asched.Folder);
        Assert.Equal(2, code);
        Assert.Contains("is not loopback, and whoever reaches it may do everything", error, StringComparison.Ordinal);

        await Asched.Says("config", "show", "--bind", bind, "--insecure-bind", "on");
    }

    [Theory]
    [InlineData("tls-authority", "--tls-certificate", "one.pem")]
    [InlineData("tls-certificate", "--tls-authority", "authority.pem")]
    [InlineData("tls-certificate", "--tls-key", "one.key")]
    public async Task Half_of_what_certificates_need_is_refused_by_its_name(string missing, string flag, string file)
    {
        (int code, string error) = await Asched.Fails("node", "--bind", "127.0.0.1:0", flag, file, "--data", _asched.Folder);

        Assert.Equal(2, code);
        Assert.Contains(missing, error, StringComparison.Ordinal);
        Assert.Contains("must name a file", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_for_their_owner_and_nothing_is_written_over()
    {
        await Asched.Says("certs", "authority", "--dir", Ours);
        await Asched.Says("certs", "node", "one", "--dir", Ours, "--host", "10.0.0.1", "--host", "one.example");

        Assert.Contains("is there already", (await Asched.Fails("certs", "authority", "--dir", Ours)).Error, StringComparison.Ordinal);
        Assert.Contains("is there already", (await Asched.Fails("certs", "node", "one", "--dir", Ours)).Error, StringComparison.Ordinal);
        Assert.Contains("'asched certs authority", (await Asched.Fails("certs", "node", "one", "--dir", Theirs)).Error, StringComparison.Ordinal);
        foreach (string bad in new[] { "../x", "authority", "a b", "", new string('n', 65) })
            Assert.Equal(2, (await Asched.Fails("certs", "node", bad, "--dir", Ours)).Code);
        foreach (string bad in new[] { "", "a b", "http://x" })
            Assert.Equal(2, (await Asched.Fails("certs", "node", "two", "--dir", Ours, "--host", bad)).Code);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string key in new[] { "one.key", "authority.key" })
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Ours, key)));
        }
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private static PeerTls Tls(string folder) =>
        PeerTls.Load(Path.Combine(folder, "scheduler.pem"), Path.Combine(folder, "scheduler.key"), Path.Combine(folder, "authority.pem"));

    private NodeProcess Node(int number, string folder, string name) => _asched.Node(
        number, "--containerizers", "simulated", "--log-format", "text", "--seeds", $"{_asched.Contact(1)},{_asched.Contact(2)}",
        "--journal", $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}", "--tls-certificate", Path.Combine(folder, $"{name}.pem"),
        "--tls-key", Path.Combine(folder, $"{name}.key"), "--tls-authority", Path.Combine(folder, "authority.pem"));

    private SchedulerClientOptions Options(PeerTls? tls) =>
        new() { Contacts = $"{_asched.Contact(1)},{_asched.Contact(2)}", Tls = tls, CommandTimeout = TimeSpan.FromSeconds(4) };
}
