using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorScheduler.Agent.Health;
using ActorScheduler.Agent.Specs.Sandboxes;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Health;

/// <summary>Single looks at a task in the host's network.</summary>
public sealed class ProberSpecs : IDisposable
{
    private readonly TestSite _site = new();
    private readonly Prober _prober = new(new FaultyContainerizer(), "run", Given.Task("a"), new ContainerStatus("run", []));

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(200, true)]
    [InlineData(204, true)]
    [InlineData(304, true)]
    [InlineData(399, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(503, false)]
    public async Task Each_answer_from_200_to_399_is_well(int code, bool isWell)
    {
        _site.Page("/", context => Task.FromResult(context.Response.StatusCode = code));

        ProbeResult result = await _prober.Look(new HealthProbe.Http(_site.Port), Soon);

        Assert.Equal((isWell, code), (result.IsWell, result.Check.StatusCode));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(500, false)]
    public async Task A_redirect_to_the_task_itself_is_followed_and_what_is_there_counts(int code, bool isWell)
    {
        Redirect("/", "/login");
        _site.Page("/login", context => Task.FromResult(context.Response.StatusCode = code));

        ProbeResult result = await _prober.Look(new HealthProbe.Http(_site.Port), Soon);

        Assert.Equal((isWell, code), (result.IsWell, result.Check.StatusCode));
        if (!isWell)
            Assert.Equal($"GET / on port {_site.Port} redirects to {_site.Url("/login")}, which gives 500", result.Problem);
    }

    [Theory]
    [InlineData("http://no-such-name.invalid/login")]
    [InlineData("http://localhost:1/")]
    [InlineData("https://192.0.2.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task A_redirect_to_a_name_or_another_host_is_well_and_not_followed(string location)
    {
        Redirect("/", location);

        ProbeResult result = await _prober.Look(new HealthProbe.Http(_site.Port), Soon);

        Assert.Equal((true, 302), (result.IsWell, result.Check.StatusCode));
    }

    [Fact]
    public async Task A_circle_is_well_and_costs_six_requests()
    {
        Redirect("/", "/a");
        Redirect("/a", "/");

        ProbeResult result = await _prober.Look(new HealthProbe.Http(_site.Port), Soon);

        Assert.Equal((true, 302, 6), (result.IsWell, result.Check.StatusCode, _site.Asked.Count));
    }

    [Fact]
    public async Task A_service_on_the_loopback_of_version_6_alone_is_found()
    {
        if (!Socket.OSSupportsIPv6)
            return;
        using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        listener.Server.DualMode = false;
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<TcpClient> first = listener.AcceptTcpClientAsync();

        ProbeResult tcp = await _prober.Look(new HealthProbe.Tcp(port), Soon);
        (await first).Dispose();
        Task<string> serving = Serve(listener);
        ProbeResult http = await _prober.Look(new HealthProbe.Http(port, "/health"), Soon);

        Assert.Equal((true, true, (int?)202), (tcp.IsWell, http.IsWell, http.Check.StatusCode));
        Assert.Contains($"Host: [::1]:{port}", await serving, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_neither_is_well()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        ProbeResult tcp = await _prober.Look(new HealthProbe.Tcp(port), Soon), http = await _prober.Look(new HealthProbe.Http(port), Soon);

        Assert.Equal((false, new CheckStatus(CheckKind.Tcp, Succeeded: false)), (tcp.IsWell, tcp.Check));
        Assert.Equal((false, new CheckStatus(CheckKind.Http)), (http.IsWell, http.Check));
        Assert.Contains("127.0.0.1", http.Problem, StringComparison.Ordinal);
    }

    private void Redirect(string path, string location) => _site.Page(path, context =>
    {
        (context.Response.StatusCode, context.Response.Headers["Location"]) = (302, location);
        return Task.CompletedTask;
    });

    /// <summary>Answers one request, and gives it.</summary>
    private static async Task<string> Serve(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        byte[] request = new byte[4096];
        int count = await client.GetStream().ReadAsync(request);
        await client.GetStream().WriteAsync("HTTP/1.1 202 Fine\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return Encoding.ASCII.GetString(request, 0, count);
    }
}
