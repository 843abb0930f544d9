using System.Net;
using System.Text;
using System.Text.Json;
using ActorScheduler.Processes;

namespace ActorScheduler.Gateway.Specs.Operators;

/// <summary>The operators' API of real nodes, as any program sees it.</summary>
public sealed class OperatorApiSpecs : IAsyncLifetime
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Asched _asched = new();

    [Fact]
    public async Task What_is_decided_is_seen_and_may_be_said_twice()
    {
        await Master();

        for (var i = 0; i < 2; i++)
        {
            (HttpStatusCode status, JsonElement done) = await Send(
                HttpMethod.Put, "/v1/quotas/eng", """{"guarantees":{"cpus":0.5},"limits":{"cpus":0.75,"mem":0},"force":true}""", headers: ("Idempotency-Key", "5b0b0a0e-5f3b-4f07-9d55-0d4f9d2f4a11"));
            Assert.Equal((HttpStatusCode.OK, "5b0b0a0e-5f3b-4f07-9d55-0d4f9d2f4a11"), (status, done.GetProperty("requestId").GetString()));
        }
        await Send(HttpMethod.Put, "/v1/weights/eng/dev", """{"weight":2.5}""");
        JsonElement roles = (await Send(HttpMethod.Get, "/v1/roles")).Body.GetProperty("roles");

        Assert.Equal(["eng", "eng/dev"], roles.EnumerateArray().Select(static role => role.GetProperty("name").GetString()));
        Assert.Equal("""{"cpus":0.75,"mem":0}""", roles[0].GetProperty("limits").GetRawText());
        Assert.Equal(2.5, roles[1].GetProperty("weight").GetDouble());
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Delete, "/v1/quotas/eng")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(HttpMethod.Delete, "/v1/quotas/eng")).Status);
    }

    [Fact]
    public async Task What_is_refused_names_the_field_and_the_reason()
    {
        await Master();

        await Refused(HttpStatusCode.NotFound, "agent_id", "Unknown", HttpMethod.Post, "/v1/agents/none/reactivate", "{}");
        await Refused(HttpStatusCode.NotFound, "framework", "Unknown", HttpMethod.Get, "/v1/frameworks/none/tasks");
        await Refused(HttpStatusCode.NotFound, "framework_id", "Unknown", HttpMethod.Get, "/v1/frameworks/none/explanation?role=eng");
        await Refused(HttpStatusCode.NotFound, "", "Unknown", HttpMethod.Get, "/v1/nothing");
        await Refused(HttpStatusCode.NotFound, "address", "Unknown", HttpMethod.Post, "/v1/cluster/down", """{"address":"10.0.0.1:2551"}""");
        await Refused(HttpStatusCode.BadRequest, "weight", "Invalid", HttpMethod.Put, "/v1/weights/eng", """{"weight":-1}""");
        await Refused(HttpStatusCode.BadRequest, "wieght", "Invalid", HttpMethod.Put, "/v1/weights/eng", """{"wieght":1}""");
        await Refused(HttpStatusCode.BadRequest, "weight", "Invalid", HttpMethod.Put, "/v1/weights/eng", """{"weight":"much"}""");
        await Refused(HttpStatusCode.BadRequest, "maxGracePeriod", "Invalid", HttpMethod.Post, "/v1/agents/a/drain", """{"maxGracePeriod":"5 s"}""");
        await Refused(HttpStatusCode.BadRequest, "size", "Invalid", HttpMethod.Get, "/v1/frameworks/f/explanation?role=*&size=many");
        await Refused(HttpStatusCode.BadRequest, "count", "Invalid", HttpMethod.Get, "/v1/agents?count=many");
        await Refused(HttpStatusCode.BadRequest, "role", "Invalid", HttpMethod.Get, "/v1/frameworks/f/explanation");
        await Refused(HttpStatusCode.NotFound, "", "Unknown", HttpMethod.Get, "/nothing");
        await Refused(HttpStatusCode.NotFound, "", "Unknown", HttpMethod.Get, "/health/nothing");
        await Refused(HttpStatusCode.BadRequest, "", "Invalid", HttpMethod.Put, "/v1/weights/eng", "{");
    }

    [Fact]
    public async Task Pages_of_somebody_else_give_no_orders_here()
    {
        await Master();

        (HttpStatusCode form, _) = await Send(HttpMethod.Put, "/v1/weights/eng", """{"weight":2}""", "text/plain");
        (HttpStatusCode name, _) = await Send(HttpMethod.Get, "/v1/roles", headers: ("Host", "somebody.example"));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, HttpStatusCode.MisdirectedRequest), (form, name));
        Assert.Equal(0, (await Send(HttpMethod.Get, "/v1/roles")).Body.GetProperty("roles").GetArrayLength());
    }

    [Fact]
    public async Task The_document_describes_everything_that_there_is()
    {
        await Master();

        JsonElement document = (await Send(HttpMethod.Get, "/openapi/v1.json")).Body;

        JsonProperty[] paths = [.. document.GetProperty("paths").EnumerateObject()];
        Assert.True(paths.Length > 20, $"only {paths.Length} paths are described");
        JsonElement[] operations = [.. paths.SelectMany(static path => path.Value.EnumerateObject()).Select(static operation => operation.Value)];
        Assert.All(operations, static operation => Assert.NotEmpty(operation.GetProperty("summary").GetString()!));
        JsonElement schemas = document.GetProperty("components").GetProperty("schemas");
        Assert.Equal("string", schemas.GetProperty("TaskId").GetProperty("type").GetString());
        JsonElement agent = schemas.GetProperty("AgentSummary");
        Assert.DoesNotContain("unavailability", agent.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.Contains("tasks", agent.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal("How many tasks it holds.", agent.GetProperty("properties").GetProperty("tasks").GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_node_that_is_no_member_answers_what_the_masters_say()
    {
        await Master();
        NodeProcess agent = _asched.Node(2, "--roles", "agent", "--join", "client", "--seeds", _asched.Contact(1), "--containerizers", "simulated");
        await Asched.Answers($"{_asched.Url(2)}/health/ready", HttpStatusCode.OK, agent);

        JsonElement cluster = (await Send(HttpMethod.Get, "/v1/cluster", node: 2)).Body;

        Assert.False(cluster.GetProperty("isMember").GetBoolean());
        Assert.Equal(_asched.Contact(1), Assert.Single(cluster.GetProperty("masters").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.OK, (await Send(HttpMethod.Put, "/v1/weights/eng", """{"weight":3}""", node: 2)).Status);
        Assert.Equal("eng", (await Send(HttpMethod.Get, "/v1/roles", node: 2)).Body.GetProperty("roles")[0].GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await Send(HttpMethod.Post, "/v1/cluster/leave", $$"""{"address":"{{_asched.Contact(1)}}"}""", node: 2)).Status);
    }

    [Fact]
    public async Task A_member_that_is_to_leave_leaves_and_one_that_is_given_up_ends()
    {
        string journal = $"sqlite:{Path.Combine(_asched.Folder, "journal.db")}";
        NodeProcess[] nodes = [.. Enumerable.Range(1, 3).Select(i => _asched.Node(i, "--seeds", _asched.Contact(1), "--journal", journal, "--containerizers", "simulated"))];
        for (var i = 1; i <= 3; i++)
            await Asched.Answers($"{_asched.Url(i)}/health/ready", HttpStatusCode.OK, nodes[i - 1]);

        (HttpStatusCode status, JsonElement problem) = await Send(
            HttpMethod.Post, "/v1/cluster/leave", $$"""{"address":"{{_asched.Contact(3)}}"}""", headers: ("Idempotency-Key", "once"));
        Assert.Equal((HttpStatusCode.BadRequest, "Idempotency-Key: must be a UUID"), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal(3, (await Send(HttpMethod.Get, "/v1/cluster")).Body.GetProperty("members").EnumerateArray().Count(static member => member.GetProperty("status").GetString() == "Up"));

        await Asched.Says("cluster", "leave", _asched.Contact(3), "--http", _asched.Url(1));
        Assert.Equal(0, await nodes[2].Exit(Asched.Limit));
        string shown = await Asched.SaysSoon(answer => !answer.Contains(_asched.Contact(3), StringComparison.Ordinal), "cluster", "show", "--http", _asched.Url(1));
        Assert.Matches($@"{_asched.Contact(1)} +Up +agent,master +.*allocator", shown);

        await Asched.Says("cluster", "down", _asched.Contact(2), "--yes", "--http", _asched.Url(1));
        Assert.Equal(4, await nodes[1].Exit(Asched.Limit));
        await Asched.SaysSoon(answer => !answer.Contains(_asched.Contact(2), StringComparison.Ordinal), "cluster", "show", "--http", _asched.Url(1));
    }

    [Fact]
    public async Task Files_come_as_they_are_with_where_they_stand()
    {
        NodeProcess node = _asched.Node(1, "--containerizers", "process");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", _asched.Url(1));
        string name = (await Asched.Says("run", "-d", "--name", "bytes", "--mem", "10", "--http", _asched.Url(1), "--", "printf", @"one\0two")).Trim();
        string task = $"{_asched.Url(1)}/v1/frameworks/{name.Replace("/", "/tasks/", StringComparison.Ordinal)}";
        await Asched.SaysSoon(static answer => answer.Contains("Finished", StringComparison.Ordinal), "tasks", "bytes", "--http", _asched.Url(1));

        using HttpResponseMessage end = await Http.GetAsync($"{task}/file?path=stdout&offset=-5");

        Assert.Equal("e\0two", await end.Content.ReadAsStringAsync());
        Assert.Equal(("2", "7", "false"), (end.Headers.GetValues("X-Offset").Single(), end.Headers.GetValues("X-Size").Single(), end.Headers.GetValues("X-Live").Single()));
        using HttpResponseMessage outside = await Http.GetAsync($"{task}/file?path=../../etc/passwd");
        using JsonDocument problem = JsonDocument.Parse(await outside.Content.ReadAsStringAsync());
        Assert.Equal("path", problem.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_long_part_of_a_file_comes_as_one_answer()
    {
        NodeProcess node = _asched.Node(1, "--containerizers", "process");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, node);
        await Asched.SaysSoon(static answer => answer.Contains("Registered", StringComparison.Ordinal), "agents", "--http", _asched.Url(1));
        string name = (await Asched.Says("run", "-d", "--name", "long", "--mem", "10", "--http", _asched.Url(1), "--", "seq", "200000")).Trim();
        string task = $"{_asched.Url(1)}/v1/frameworks/{name.Replace("/", "/tasks/", StringComparison.Ordinal)}";
        await Asched.SaysSoon(static answer => answer.Contains("Finished", StringComparison.Ordinal), "tasks", "long", "--http", _asched.Url(1));
        string all = string.Concat(Enumerable.Range(1, 200_000).Select(static i => $"{i}\n"));

        Assert.Equal(all, await Http.GetStringAsync($"{task}/file?path=stdout&length=100000000"));
        Assert.Equal(all[5..1_000_005], await Http.GetStringAsync($"{task}/file?path=stdout&offset=5&length=1000000"));
        Assert.Equal(all[..65_536], await Http.GetStringAsync($"{task}/file?path=stdout"));
    }

    public Task InitializeAsync() => _asched.InitializeAsync();

    public Task DisposeAsync() => _asched.DisposeAsync();

    private async Task Master()
    {
        NodeProcess master = _asched.Node(1, "--roles", "master");
        await Asched.Answers($"{_asched.Url(1)}/health/ready", HttpStatusCode.OK, master);
    }

    private async Task Refused(HttpStatusCode status, string field, string kind, HttpMethod method, string path, string? body = null)
    {
        (HttpStatusCode answered, JsonElement problem) = await Send(method, path, body);
        Assert.Equal((status, field, kind), (answered, problem.GetProperty("field").GetString(), problem.GetProperty("kind").GetString()));
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(
        HttpMethod method, string path, string? body = null, string type = "application/json", int node = 1, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"{_asched.Url(node)}{path}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type);
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        using HttpResponseMessage response = await Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}
