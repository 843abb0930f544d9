using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorScheduler.Processes;

namespace ActorScheduler.Gateway.Specs.Operators;

/// <summary>Whatever a request says, it is answered with what is wrong with it, and the masters are as they were.</summary>
public sealed class BadRequestSpecs : IAsyncLifetime
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Asched _asched = new();
    private NodeProcess _node = null!;
    private string _agent = null!;

    [Fact]
    public async Task What_is_wrong_with_a_body_is_told_by_its_field_and_the_allocator_goes_on()
    {
        string agent = $"/v1/agents/{_agent}";
        long epoch = await Epoch();

        foreach ((HttpMethod method, string path, string body, string field) in new (HttpMethod, string, string, string)[]
        {
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve"}""", "resources"),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":null}""", "resources"),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"create"}""", "volumes"),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"grow"}""", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"launch"}""", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"group","tasks":[null]}""", "tasks[]"),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"nothing"}""", ""),
            (HttpMethod.Post, $"{agent}/operations", "{}", ""),
            (HttpMethod.Post, $"{agent}/operations", "[]", ""),
            (HttpMethod.Post, $"{agent}/operations", "null", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":[1]}""", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":{"special":[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":1,"end":70000}]}}]}}""", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":{"ports":"[1-70000]"}}""", "reserve.resources.ports"),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":{"ports":7}}""", ""),
            (HttpMethod.Post, $"{agent}/operations", """{"$":"reserve","resources":{"cpus":1,"cpus":2}}""", ""),
            (HttpMethod.Put, $"{agent}/maintenance", "{}", "unavailability.start"),
            (HttpMethod.Put, $"{agent}/maintenance", """{"start":"0001-01-01T00:00:00Z"}""", "unavailability.start"),
            (HttpMethod.Put, $"{agent}/maintenance", """{"start":"2030-01-01T00:00:00Z","duration":1e13}""", "unavailability.duration"),
            (HttpMethod.Put, $"{agent}/maintenance", """{"start":"2030-01-01T00:00:00Z","lenght":5}""", "lenght"),
            (HttpMethod.Post, $"{agent}/drain", """{"maxGracePeriod":1e12}""", "max_grace_period"),
            (HttpMethod.Post, $"{agent}/drain", """{"maxGracePeriod":-1}""", "maxGracePeriod"),
            (HttpMethod.Put, "/v1/weights/eng", """{"weight":1e308}""", "weight"),
            (HttpMethod.Put, "/v1/weights/eng", """{"weight":1e-320}""", "weight"),
            (HttpMethod.Put, "/v1/weights/eng", """{"weight":"NaN"}""", "weight"),
            (HttpMethod.Put, "/v1/weights/eng", """{"weight":1,"weight":2}""", ""),
            (HttpMethod.Put, "/v1/weights/eng", """{"weight":null}""", "weight"),
            (HttpMethod.Put, "/v1/weights/eng", "\"\\ud800\"", ""),
            (HttpMethod.Put, "/v1/quotas/eng", """{"limits":{"cpus":1,"cpus":2}}""", ""),
            (HttpMethod.Put, "/v1/quotas/eng", """{"limits":[]}""", ""),
            (HttpMethod.Put, "/v1/quotas/eng", """{"limits":{"a b":1},"force":true}""", "limits"),
            (HttpMethod.Put, "/v1/quotas/eng", """{"guarantees":{"cpus":{}}}""", ""),
            (HttpMethod.Put, "/v1/quotas/eng", """{"guarantees":7}""", ""),
        })
        {
            (HttpStatusCode status, JsonElement problem) = await Send(method, path, Json(body));
            Assert.True(status == HttpStatusCode.BadRequest || (status == HttpStatusCode.Conflict && field.Contains("reserve", StringComparison.Ordinal)), $"{path} {body}: {status} {problem}");
            Assert.True(field.Length == 0 || problem.GetProperty("field").GetString() == field, $"{body}: {problem}");
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        }

        Assert.Equal(epoch, await Epoch());
    }

    [Fact]
    public async Task Requests_made_at_random_are_answered_and_the_allocator_goes_on()
    {
        var random = new Random(13);
        string[] values =
        [
            "null", "{}", "[]", "\"\"", "\"x\"", "1", "-1", "1e308", "1e400", "1e-320", "true", "[null]", "{\"cpus\":1}", "{\"special\":[{}]}", "[{\"name\":\"cpus\"}]", "\"NaN\"",
            "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":-1}}", "\"9999-12-31T23:59:59Z\"", "[{\"id\":null}]", "9223372036854775807",
        ];
        string[] names =
        [
            "$", "resources", "source", "volumes", "volume", "addition", "subtractMilli", "tasks", "id", "executorResources", "start", "duration", "weight", "guarantees", "limits", "force",
            "maxGracePeriod", "deadline", "markGone", "address", "gracePeriod",
        ];
        string[] kinds = ["launch", "group", "reserve", "unreserve", "create", "destroy", "grow", "shrink", "?"];
        string[] paths =
        [
            $"agents/{_agent}/operations", $"agents/{_agent}/maintenance", $"agents/{_agent}/reactivate", "weights/a%2Fb", "quotas/eng", "frameworks/f/tasks/t/kill", "cluster/leave", "frameworks/f",
            "agents?count=-5&after=%ff", "roles?count=99999999999", "offers?framework=%2F", "frameworks/f/explanation?role=&ports=-1", "frameworks/f/tasks/t/file?path=%00&wait=NaN&length=-1",
        ];
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Patch];
        long epoch = await Epoch();

        for (int i = 0; i < 400; i++)
        {
            string path = $"/v1/{paths[random.Next(paths.Length)]}";
            string kind = random.Next(2) == 0 ? $"\"$\":\"{kinds[random.Next(kinds.Length)]}\"," : "";
            string fields = string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{values[random.Next(values.Length)]}"));
            string body = random.Next(8) == 0 ? values[random.Next(values.Length)] : $"{{{kind}{fields}}}".Replace(",}", "}", StringComparison.Ordinal);
            HttpMethod method = methods[random.Next(methods.Length)];

            (HttpStatusCode status, JsonElement problem) = await Send(method, path, method == HttpMethod.Get ? null : Json(body));

            Assert.True((int)status < 500 || status is HttpStatusCode.ServiceUnavailable, $"{method} {path} {body}: {(int)status} {problem}");
            Assert.True((int)status < 400 || problem.ValueKind == JsonValueKind.Object, $"{method} {path} {body}: {(int)status} without a body");
        }

        Assert.Equal(epoch, await Epoch());
    }

    [Fact]
    public async Task A_body_in_another_alphabet_and_a_verb_that_a_path_does_not_know_are_refused()
    {
        var content = new ByteArrayContent("""{"weight":2}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=nosuch");
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(HttpMethod.Put, "/v1/weights/eng", content)).Status);

        var quoted = new ByteArrayContent("""{"weight":2}"""u8.ToArray());
        quoted.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=\"UTF-8\"");
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/v1/weights/eng", quoted)).Status);

        foreach ((HttpMethod method, string path, string allowed) in new[]
        {
            (HttpMethod.Get, "/v1/weights/eng/dev", "DELETE, PUT"), (HttpMethod.Delete, "/v1/agents", "GET"), (HttpMethod.Patch, $"/v1/agents/{_agent}/drain", "POST"), (HttpMethod.Put, "/v1/frameworks/a.b", "DELETE"),
        })
        {
            using HttpResponseMessage response = await Http.SendAsync(new HttpRequestMessage(method, $"{_asched.Url(1)}{path}"));
            Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow.Order())));
            Assert.Contains("and not", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Post, "/v1/agent.list", Json("{}"))).Status);
    }

    [Fact]
    public async Task A_key_that_was_another_command_s_is_told_and_one_of_the_same_command_does_nothing_twice()
    {
        (string, string) key = ("Idempotency-Key", "0a0b0c0d-0000-4000-8000-000000000001");

        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/v1/weights/eng", Json("""{"weight":2}"""), key)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/v1/weights/eng", Json("""{ "weight": 2.0 }"""), key)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(HttpMethod.Put, "/v1/weights/eng", Json("""{"weight":3}"""), key)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(HttpMethod.Delete, "/v1/weights/eng", null, key)).Status);

        _node.Terminate();
        await _node.Exit(Asched.Limit);
        await Start();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(HttpMethod.Put, "/v1/weights/eng", Json("""{"weight":3}"""), key)).Status);
    }

    [Fact]
    public async Task A_role_is_one_role_however_its_slashes_are_written_and_is_gone_when_nothing_is_said_of_it()
    {
        await Send(HttpMethod.Put, "/v1/weights/eng%2Fweb", Json("""{"weight":2}"""));
        await Send(HttpMethod.Put, "/v1/weights/eng/web", Json("""{"weight":3}"""));
        await Send(HttpMethod.Put, "/v1/weights/50%25", Json("""{"weight":3}"""));
        Assert.Equal(["50%", "eng/web"], await Roles());

        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Delete, "/v1/weights/eng%2fweb", null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Delete, "/v1/weights/50%25", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Delete, "/v1/weights/eng/web", null)).Status);
        Assert.Empty(await Roles());
    }

    public async Task InitializeAsync()
    {
        await _asched.InitializeAsync();
        await Start();
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", _asched.Url(1));
        _agent = (await Send(HttpMethod.Get, "/v1/agents")).Body.GetProperty("agents")[0].GetProperty("info").GetProperty("id").GetString()!;
    }

    public Task DisposeAsync() => _asched.DisposeAsync();

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task Start()
    {
        _node = _asched.Node(1, "--containerizers", "simulated");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, _node);
    }

    private async Task<long> Epoch() => (await Send(HttpMethod.Get, "/v1/agents")).Body.GetProperty("epoch").GetInt64();

    private async Task<string[]> Roles() =>
        [.. (await Send(HttpMethod.Get, "/v1/roles")).Body.GetProperty("roles").EnumerateArray().Select(static role => role.GetProperty("name").GetString()!)];

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{_asched.Url(1)}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = body };
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}
