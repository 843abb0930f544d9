using System.Text;
using System.Text.Json;
using Docker.DotNet.Models;
using Docker.DotNet.Serialization;
using Docker.DotNet.Transport;

namespace Docker.DotNet.Specs;

public sealed class WireFormatSpecs
{
    [Fact]
    public void What_has_its_default_value_is_not_sent()
    {
        var parameters = new CreateContainerParameters
        {
            Image = "i",
            Name = "in the query, not here",
            HostConfig = new HostConfig { NanoCPUs = 500_000_000, OomKillDisable = false,
                RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.OnFailure, MaximumRetryCount = 2 } },
            ExposedPorts = new Dictionary<string, EmptyStruct> { ["80/tcp"] = default },
            Healthcheck = new HealthConfig { Interval = TimeSpan.FromMilliseconds(1500) },
            StopTimeout = TimeSpan.FromSeconds(2.5),
        };

        using var sent = JsonDocument.Parse(EngineJson.Write(parameters));
        using var expected = JsonDocument.Parse("""
            {"Image":"i","ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Interval":1500000000},"StopTimeout":3,
             "HostConfig":{"NanoCpus":500000000,"OomKillDisable":false,"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":2}}}
            """);

        Assert.True(JsonElement.DeepEquals(expected.RootElement, sent.RootElement), sent.RootElement.ToString());
    }

    [Theory]
    [InlineData("\"2026-01-06T15:47:31.485331387Z\"", "2026-01-06T15:47:31.4853313Z")]
    [InlineData("\"2026-01-06T15:47:31+02:00\"", "2026-01-06T13:47:31.0000000Z")]
    [InlineData("1420557600", "2015-01-06T15:20:00.0000000Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("\"\"", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("null", "0001-01-01T00:00:00.0000000Z")]
    public void Moments_are_UTC_however_the_engine_writes_them(string json, string expected)
    {
        var read = JsonSerializer.Deserialize<ContainerListResponse>($"{{\"Created\":{json}}}", EngineJson.Options)!;

        Assert.Equal(expected, read.Created.ToString("O"));
        Assert.Equal(DateTimeKind.Utc, read.Created.Kind);
    }

    [Fact]
    public void Null_is_the_default_of_a_number_and_nothing_where_the_type_allows_it()
    {
        var read = JsonSerializer.Deserialize<ContainerExecInspectResponse>("""{"ID":"e","ExitCode":null,"Running":true,"Pid":null,"NewField":[1,2]}""", EngineJson.Options)!;
        var host = JsonSerializer.Deserialize<HostConfig>("""{"PidsLimit":null,"OomKillDisable":null,"MemorySwappiness":null,"RestartPolicy":{"Name":""}}""", EngineJson.Options)!;

        Assert.Equal((0, true, "e"), (read.ExitCode, read.Running, read.ExecID));
        Assert.Null(host.PidsLimit);
        Assert.Null(host.OomKillDisable);
        Assert.Equal(RestartPolicyKind.Undefined, host.RestartPolicy.Name);
    }

    [Fact]
    public void Filters_travel_as_JSON_and_values_are_escaped()
    {
        var filters = new Dictionary<string, IDictionary<string,
            bool>> { ["label"] = new Dictionary<string, bool> { ["a=b c"] = true } };

        var query = new Query().Add("all", true).AddJson("filters", filters).Add("none", (string?)null)
            .AddEach("names", ["x", "y/z"]).ToString();

        Assert.Equal("?all=true&filters=%7B%22label%22%3A%7B%22a%3Db%20c%22%3Atrue%7D%7D&names=x&names=y%2Fz", query);
    }

    [Fact]
    public void Names_keep_the_slashes_of_images_and_lose_those_of_others()
    {
        Assert.Equal("reg:5000/a/b@sha256:0",
            EngineRequest.ImageName("reg:5000/a/b@sha256:0", "name").Replace("%40", "@", StringComparison.Ordinal));
        Assert.Equal("a%2Fb%3Fc", EngineRequest.Segment("a/b?c", "id"));
    }

    [Fact]
    public void Registry_credentials_are_JSON_in_base64_for_URLs()
    {
        var header = RegistryHeader.Encode(new AuthConfig { Username = "u", Password = "??>>", ServerAddress = "r" });

        Assert.DoesNotContain('+', header);
        Assert.DoesNotContain('/', header);
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/')));
        using var read = JsonDocument.Parse(json);
        Assert.Equal("u", read.RootElement.GetProperty("username").GetString());
        Assert.Equal("r", read.RootElement.GetProperty("serveraddress").GetString());
    }

    [Theory]
    [InlineData("unix:///var/run/docker.sock", false, "/var/run/docker.sock", "http://docker/")]
    [InlineData("unix:/var/run/docker.sock", false, "/var/run/docker.sock", "http://docker/")]
    [InlineData("tcp://host:2375", false, null, "http://host:2375/")]
    [InlineData("tcp://host:2376", true, null, "https://host:2376/")]
    [InlineData("https://host", false, null, "https://host/")]
    public void Endpoints_are_understood(string address, bool tls, string? socket, string baseUri)
    {
        var endpoint = EngineEndpoint.Parse(new Uri(address), tls);

        Assert.Equal(socket, endpoint.SocketPath);
        Assert.Equal(new Uri(baseUri), endpoint.BaseUri);
    }

    [Fact]
    public void Endpoints_that_cannot_be_reached_are_refused()
    {
        Assert.Throws<PlatformNotSupportedException>(() => EngineEndpoint.Parse(new Uri("npipe://./pipe/docker_engine"), false));
        Assert.Throws<ArgumentException>(() => EngineEndpoint.Parse(new Uri("ftp://host"), false));
        Assert.Throws<ArgumentException>(
            () => new DockerClientConfiguration(new Uri("tcp://h"), defaultTimeout: TimeSpan.FromSeconds(-5)));
    }
}
