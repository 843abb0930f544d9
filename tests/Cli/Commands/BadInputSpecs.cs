using ActorScheduler.Cli.Commands;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>What operators mistype ends with exit code 2 and one sentence that names it; nothing is started.</summary>
public sealed class BadInputSpecs
{
    [Theory]
    [InlineData("--bind", "nowhere", "must be written HOST:PORT")]
    [InlineData("--bind", "127.0.0.1:65536", "must be written HOST:PORT")]
    [InlineData("--bind", "::1:2551", "'::1' must be a name, an IPv4 address, or an IPv6 address in brackets, as in [::1]:2551")]
    [InlineData("--bind", "[::1]", "must be written HOST:PORT")]
    [InlineData("--http", "[127.0.0.1]:80", "'127.0.0.1' must be an IPv6 address without a zone")]
    [InlineData("--seeds", "[fe80::1%2]:2551", "'fe80::1%2' must be an IPv6 address without a zone")]
    [InlineData("--http", "8080", "must be written HOST:PORT")]
    [InlineData("--roles", "master,slave", "'slave' must be one of master, agent")]
    [InlineData("--roles", "", "must name at least one of master, agent")]
    [InlineData("--join", "guest", "'guest' must be one of member, client")]
    [InlineData("--seeds", "a:1,b", "'b' must be written HOST:PORT")]
    [InlineData("--seeds", "a:0", "must have ports above 0")]
    [InlineData("--resources", "cpus:two", "cpus: 'two' is not a number")]
    [InlineData("--resources", "[{]", "is no JSON")]
    [InlineData("--attributes", "rack", "'rack' must be written name:value")]
    [InlineData("--domain", "europe", "must be written REGION/ZONE")]
    [InlineData("--containerizers", "magic", "'magic' must be one of auto, docker")]
    [InlineData("--journal", "mysql:x", "must be written sqlite:PATH or postgres:")]
    [InlineData("--data", "", "must name a folder")]
    [InlineData("--log-level", "loud", "'loud' must be one of debug, info, warning, error")]
    [InlineData("--log-format", "xml", "'xml' must be one of")]
    [InlineData("--config", "/nowhere/x.conf", "/nowhere")]
    public async Task A_bad_value_of_a_nodes_flag_is_named(string flag, string value, string reason)
    {
        (int code, string error) = await Run("node", flag, value);

        Assert.Equal(2, code);
        Assert.StartsWith($"asched: {flag}: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seeds", "node", "--join", "client", "--roles", "agent")]
    [InlineData("--roles", "node", "--join", "client", "--roles", "master", "--seeds", "a:1")]
    [InlineData("--nodes", "dev", "--nodes", "0")]
    [InlineData("--nodes", "dev", "--nodes", "x")]
    [InlineData("--bnid", "node", "--bnid", "x")]
    [InlineData("--http", "agents", "--http", "x")]
    [InlineData("--timeout", "agents", "--timeout", "soon")]
    [InlineData("AGENT", "agent", "drain")]
    [InlineData("--mark-gone", "agent", "drain", "a", "--mark-gone")]
    [InlineData("--grace", "agent", "drain", "a", "--grace", "x")]
    [InlineData("--deadline: 'soon' must be a time, as in 2026-01-31T18:00Z, or a number of seconds", "agent", "drain", "a", "--deadline", "soon")]
    [InlineData("--deadline: 2020-01-01 00:00:00Z is over", "agent", "drain", "a", "--deadline", "2020-01-01T00:00Z")]
    [InlineData("--start or --clear", "agent", "maintenance", "a")]
    [InlineData("--start or --clear", "agent", "maintenance", "a", "--start", "0", "--clear")]
    [InlineData("--start: 'x'", "agent", "maintenance", "a", "--start", "x")]
    [InlineData("--duration: '-1'", "agent", "maintenance", "a", "--start", "0", "--duration", "-1")]
    [InlineData("'asched agent' needs one of list, show, drain, deactivate, reactivate, gone, maintenance", "agent")]
    [InlineData("Option '--role' is required", "reserve", "a", "cpus:1")]
    [InlineData("--role: nothing can be reserved for '*'", "reserve", "a", "cpus:1", "--role", "*")]
    [InlineData("--role: role '/a' must not start", "unreserve", "a", "cpus:1", "--role", "/a")]
    [InlineData("RESOURCES.cpus: 'x' is not a number", "reserve", "a", "cpus:x", "--role", "r")]
    [InlineData("RESOURCES: 'cpus(q):1' must not name a role", "reserve", "a", "cpus(q):1", "--role", "r")]
    [InlineData("RESOURCES: must name some above 0", "unreserve", "a", "cpus:0", "--role", "r")]
    [InlineData("--size", "volume", "create", "a", "--role", "r", "--id", "v")]
    [InlineData("--size: '0' must be a number of MiB above 0", "volume", "create", "a", "--role", "r", "--id", "v", "--size", "0")]
    [InlineData("--id: must not contain '/'", "volume", "create", "a", "--role", "r", "--id", "a/b", "--size", "1")]
    [InlineData("--path: must not be empty", "volume", "create", "a", "--role", "r", "--id", "v", "--size", "1", "--path", "")]
    [InlineData("ID", "volume", "destroy", "a")]
    [InlineData("--guarantee", "quota", "set", "r", "--guarantee", "cpus")]
    [InlineData("--limit", "quota", "set", "r", "--limit", "cpus:x")]
    [InlineData("--guarantee", "quota", "set", "r")]
    [InlineData("WEIGHT", "weight", "set", "r", "-1")]
    [InlineData("--size", "why", "f", "--size", "cpus")]
    [InlineData("FRAMEWORK", "tasks", "a b/c")]
    [InlineData("--limit: must be 1 or more, is 0", "task", "list", "--limit", "0")]
    [InlineData("--after: 't' must be written FRAMEWORK/TASK", "task", "list", "--after", "t")]
    [InlineData("CMD", "run")]
    [InlineData("--cpus", "run", "--cpus", "x", "--", "true")]
    [InlineData("'--cpu'", "run", "--cpu", "1", "--", "true")]
    [InlineData("'--cpu'", "run", "--mem", "10", "--cpu", "1", "--", "true", "--cpu")]
    [InlineData("'--cpu=1'", "run", "--cpu=1", "true")]
    [InlineData("'ls'", "run", "ls", "--", "-l")]
    [InlineData("'--user-name'", "task", "exec", "t", "--user-name", "x", "--", "true")]
    [InlineData("WEIGHT: '@file' must be a number", "weight", "set", "r", "@file")]
    [InlineData("--port", "run", "--port", "70000", "--", "true")]
    [InlineData("--port", "run", "--port", "a.b", "--", "true")]
    [InlineData("--volume", "run", "--volume", "/a", "--", "true")]
    [InlineData("--env", "run", "--env", "=x", "--", "true")]
    [InlineData("--name", "run", "--name", "a/b", "--", "true")]
    [InlineData("--shell", "run", "--shell", "--", "a", "b")]
    [InlineData("--lines", "task", "logs", "t", "-n", "-1")]
    [InlineData("--grace", "task", "kill", "t", "--grace", "x")]
    [InlineData("--data", "dev", "--containerizers", "docker")]
    public async Task What_is_missing_or_wrong_elsewhere_is_named(string named, params string[] arguments)
    {
        (int code, string error) = await Run(arguments);

        Assert.Equal(2, code);
        Assert.StartsWith("asched: ", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Masters_that_do_not_answer_have_an_exit_code_of_their_own()
    {
        (int code, string error) = await Run("agents", "--http", "127.0.0.1:1", "--timeout", "0.2");

        Assert.Equal(6, code);
        Assert.Contains("no master answered at 127.0.0.1:1", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_show_names_the_origin_of_each_value_and_hides_passwords()
    {
        using StringWriter output = new(), error = new();
        int code = await CommandTree.Run(["config", "show", "--name", "here", "--journal", "postgres:Host=h;Password=secret"], output, error);

        Assert.Equal(0, code);
        Assert.Contains("actorscheduler.node.name = \"here\"  # --name", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("actorscheduler.frameworks.shards = \"64\"  # reference.conf", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (await CommandTree.Run(arguments, output, error), error.ToString());
    }
}
