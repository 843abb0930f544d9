using System.Collections;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Protocol;
using Akka.Configuration.Hocon;

namespace ActorScheduler.Node.Specs.Configuration;

/// <summary>Whatever value a key is given, the node begins with it, or says in a sentence with the key what would have been right.</summary>
public sealed class HostileSettingsSpecs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("settings-");

    private string File => Path.Combine(_folder.FullName, "node.conf");

    [Theory]
    [InlineData("actorscheduler.allocator.offer-timeout", "-5s")]
    [InlineData("actorscheduler.allocator.offer-timeout", "NaN")]
    [InlineData("actorscheduler.allocator.offer-timeout", "infinite")]
    [InlineData("actorscheduler.allocator.offer-timeout", "[1, 2]")]
    [InlineData("actorscheduler.allocator.offer-timeout", "{ a = 1 }")]
    [InlineData("actorscheduler.allocator.min-cpus", "NaN")]
    [InlineData("actorscheduler.allocator.min-cpus", "1e308")]
    [InlineData("actorscheduler.frameworks.shards", "1e308")]
    [InlineData("actorscheduler.frameworks.shards", "1.5")]
    [InlineData("actorscheduler.frameworks.shards", "0")]
    [InlineData("actorscheduler.frameworks.session-timeout", "100000000 d")]
    [InlineData("actorscheduler.frameworks.max-tasks", "many")]
    [InlineData("actorscheduler.masters.down-refused", "perhaps")]
    [InlineData("actorscheduler.agent.sandbox.cache-size", "-1")]
    [InlineData("actorscheduler.agent.docker.cpu-quota", "7")]
    [InlineData("actorscheduler.agent.process.pids-limit", "1e20")]
    [InlineData("actorscheduler.node.join-retry", "NaN")]
    [InlineData("actorscheduler.node.name", "\"a\\nb\"")]
    [InlineData("actorscheduler.node.name", "\"a b\"")]
    [InlineData("actorscheduler.node.resources", "\"ports:[1-70000]\"")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size", "1")]
    [InlineData("akka.remote.dot-netty.tcp.connection-timeout", "soon")]
    public void What_is_of_the_wrong_kind_or_size_is_told_with_its_key(string key, string value)
    {
        System.IO.File.WriteAllText(File, $"{key} = {value}");

        AschedException told = Assert.Throws<AschedException>(Check);

        Assert.Equal(ExitCode.Usage, told.ExitCode);
        Assert.Contains(key, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_too_long_is_told()
    {
        System.IO.File.WriteAllText(File, $"actorscheduler.node.name = {new string('n', 300)}");

        Assert.Contains("at most", Assert.Throws<AschedException>(Check).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Values_made_at_random_of_every_key_are_taken_or_told(int seed)
    {
        string[] values =
        [
            "-1", "0", "1", "1.5", "NaN", "Infinity", "1e308", "-1e308", "99999999999999999999", "5 s", "-5s", "100000000 d", "10 MiB", "9999999 TiB", "on", "maybe", "null", "\"\"", "\"\\u0000\"",
            "[]", "[1, [2]]", "{}", "{ a { b = 1 } }", "\"ü 漢\"", "${actorscheduler.node.name}", "/no/such",
        ];
        var random = new Random(seed);
        foreach (string key in Leaves("actorscheduler", ProtocolConfig.Reference.GetValue("actorscheduler")))
        {
            string value = values[random.Next(values.Length)];
            System.IO.File.WriteAllText(File, $"{key} = {value}");
            Exception? thrown = Record.Exception(Check);
            Assert.True(thrown is null or AschedException, $"{key} = {value}: {thrown}");
        }
    }

    [Fact]
    public void A_file_holds_what_it_includes_and_files_that_include_each_other_are_told()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "more.conf"), "actorscheduler.node.name = included");
        System.IO.File.WriteAllText(File, "include \"more.conf\"\nactorscheduler.node.leave-timeout = 7 s");
        Assert.Equal(("included", TimeSpan.FromSeconds(7)), (Check().Name, Check().LeaveTimeout));

        System.IO.File.WriteAllText(File, "include \"none.conf\"");
        Assert.Contains("none.conf", Assert.Throws<AschedException>(Check).Message, StringComparison.Ordinal);

        System.IO.File.WriteAllText(File, "include \"node.conf\"");
        Assert.Contains("is included by", Assert.Throws<AschedException>(Check).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private NodeSettings Check() => EffectiveConfig.Of([], new Hashtable(), File).Check();

    private static IEnumerable<string> Leaves(string path, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves($"{path}.{item.Key}", item.Value))
        : [path];
}
