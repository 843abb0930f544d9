using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Gateway.Access;
using ActorScheduler.Model;
using ActorScheduler.Processes;

namespace ActorScheduler.Gateway.Specs.Access;

/// <summary>Who may ask a node, who may decide, and that others cannot listen.</summary>
public sealed class AccessSpecs : IAsyncLifetime
{
    private const string Alice = "alice operator 0123456789abcdef";
    private const string Bob = "bob viewer fedcba9876543210";

    private readonly Asched _asched = new();

    [Fact]
    public async Task Operators_decide_viewers_look_and_others_are_told_to_say_who_they_are()
    {
        NodeProcess node = await Master("--http-access", _asched.Kept("access", Alice, Bob));

        Assert.Equal(HttpStatusCode.Unauthorized, await Asks(HttpMethod.Get, "/v1/agents"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Asks(HttpMethod.Get, "/openapi/v1.json"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Asks(HttpMethod.Get, "/v1/agents", "Bearer 0123456789abcdee"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Asks(HttpMethod.Get, "/v1/agents", "Basic 0123456789abcdef"));
        Assert.Equal(HttpStatusCode.OK, await Asks(HttpMethod.Get, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await Asks(HttpMethod.Get, "/v1/agents", "Bearer fedcba9876543210"));
        Assert.Equal(HttpStatusCode.Forbidden, await Asks(HttpMethod.Put, "/v1/weights/eng", "Bearer fedcba9876543210"));
        Assert.Equal(HttpStatusCode.OK, await Asks(HttpMethod.Put, "/v1/weights/eng", "bearer 0123456789abcdef"));
        await node.Line(static line => line.Contains("alice at 127.", StringComparison.Ordinal) && line.EndsWith("PUT /v1/weights/eng was answered with 200", StringComparison.Ordinal), Asched.Limit);
    }

    [Fact]
    public async Task Commands_get_in_with_a_token_and_say_what_they_lack()
    {
        await Master("--http-access", _asched.Kept("access", Alice, Bob));
        string alice = _asched.Kept("alice", "0123456789abcdef\n"), bob = _asched.Kept("bob", "fedcba9876543210");

        await Asched.Says("weight", "set", "eng", "2", "--http", _asched.Url(1), "--token-file", alice);
        await Asched.Says("roles", "--http", _asched.Url(1), "--token-file", bob);
        Assert.Contains("'bob' may look, and not decide", await Refused("weight", "set", "eng", "3", "--http", _asched.Url(1), "--token-file", bob), StringComparison.Ordinal);
        Assert.Contains("ACTORSCHEDULER_TOKEN_FILE", await Refused("roles", "--http", _asched.Url(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_taken_away_lets_nobody_in_and_a_mistake_in_the_file_changes_nothing()
    {
        NodeProcess node = await Master("--http-access", _asched.Kept("access", Alice, Bob));

        _asched.Kept("access", Alice, "carol viewer 0011223344556677");
        Assert.Equal(HttpStatusCode.Unauthorized, await Asks(HttpMethod.Get, "/v1/agents", "Bearer fedcba9876543210"));
        Assert.Equal(HttpStatusCode.OK, await Asks(HttpMethod.Get, "/v1/agents", "Bearer 0011223344556677"));
        _asched.Kept("access", "dave");
        Assert.Equal(HttpStatusCode.OK, await Asks(HttpMethod.Get, "/v1/agents", "Bearer 0011223344556677"));
        await node.Line(static line => line.Contains("line 1: must be written NAME operator|viewer TOKEN", StringComparison.Ordinal), Asched.Limit);
    }

    [Fact]
    public async Task A_certificate_makes_it_https_for_those_who_trust_it()
    {
        string certificate = Certificate(_asched.Host(1));
        await Master("--http-access", _asched.Kept("access", Alice), "--http-certificate", certificate);
        string alice = _asched.Kept("alice", "0123456789abcdef"), url = _asched.Url(1).Replace("http:", "https:", StringComparison.Ordinal);

        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", url, "--ca-file", certificate, "--token-file", alice);

        (int code, string error) = await Asched.Fails("agents", "--http", url, "--token-file", alice);
        Assert.Equal((1, true), (code, error.Contains("--ca-file says whom to trust", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_shown_without_a_restart_and_a_damaged_one_is_not()
    {
        string certificate = Certificate(_asched.Host(1)), first = Path.Combine(_asched.Folder, "first.pem");
        File.Copy(certificate, first);
        await Master("--http-certificate", certificate);
        string url = _asched.Url(1).Replace("http:", "https:", StringComparison.Ordinal);
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", url, "--ca-file", first);

        _asched.Kept("node.pem", "no certificate");
        await Asched.Says("agents", "--http", url, "--ca-file", first);
        Certificate(_asched.Host(1));

        await Asched.Says("agents", "--http", url, "--ca-file", certificate);
        Assert.Contains("--ca-file says whom to trust", (await Asched.Fails("agents", "--http", url, "--ca-file", first)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 2: must be written NAME operator|viewer TOKEN", "# people", "alice admin 0123456789abcdef")]
    [InlineData("line 1: the token of 'alice' must have at least 16 characters", "alice operator short")]
    [InlineData("line 2: the token of 'bob' is somebody else's", Alice, "bob viewer 0123456789abcdef")]
    [InlineData("names nobody", "", "# nobody")]
    public void A_file_that_is_wrong_is_refused_by_its_line(string reason, params string[] lines)
    {
        string file = _asched.Kept("access", lines);

        Assert.False(AccessFile.Read(file).TryGet(out _, out Problem? problem));

        Assert.Contains(reason, $"{problem}", StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", $"{problem}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        string file = _asched.Kept("access", Alice);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.False(AccessFile.Read(file).TryGet(out _, out Problem? problem));

        Assert.Contains("chmod 600", problem.Reason, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task<NodeProcess> Master(params string[] more)
    {
        NodeProcess node = _asched.Node(1, ["--containerizers", "simulated", .. more]);
        await node.Line(static line => line.EndsWith("Ready", StringComparison.Ordinal), Asched.Limit);
        return node;
    }

    private async Task<HttpStatusCode> Asks(HttpMethod method, string path, string? authorization = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, _asched.Url(1) + path);
        if (method == HttpMethod.Put)
            request.Content = new StringContent("""{"weight":2}""", new MediaTypeHeaderValue("application/json"));
        if (authorization is not null)
            request.Headers.Add("Authorization", authorization);
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(response.StatusCode == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count > 0);
        return response.StatusCode;
    }

    private static async Task<string> Refused(params string[] command)
    {
        (int code, string error) = await Asched.Fails(command);
        Assert.Equal(7, code);
        return error;
    }

    private string Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=asched", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return _asched.Kept("node.pem", certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
