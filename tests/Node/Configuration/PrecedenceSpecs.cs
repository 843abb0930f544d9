using System.Collections;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Protocol;

namespace ActorScheduler.Node.Specs.Configuration;

public sealed class PrecedenceSpecs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_list_that_is_empty_by_default_is_a_list_on_the_command_line() => Assert.True(EffectiveConfig.IsList("actorscheduler.node.give-up"));

    [Fact]
    public void Flags_come_before_the_environment_before_the_file_before_reference_conf()
    {
        File.WriteAllText(_file, """actorscheduler.node { name = file, bind = "10.0.0.3:3", http = "10.0.0.3:3", insecure-bind = on }""");
        EffectiveConfig effective = Effective(
            [("--name", "actorscheduler.node.name", "flag")],
            new Hashtable { ["ACTORSCHEDULER__NODE__NAME"] = "environment", ["ACTORSCHEDULER__NODE__BIND"] = "10.0.0.2:2" });
        var settings = NodeSettings.From(effective.Values);

        Assert.Equal(("flag", "--name"), (settings.Name, effective.OriginOf("actorscheduler.node.name")));
        Assert.Equal(("10.0.0.2:2", "ACTORSCHEDULER__NODE__BIND"), ($"{settings.Bind}", effective.OriginOf("actorscheduler.node.bind")));
        Assert.Equal(("10.0.0.3:3", _file), ($"{settings.Http}", effective.OriginOf("actorscheduler.node.http")));
        Assert.Equal((TimeSpan.FromSeconds(1), "reference.conf"), (settings.ReadyTimeout, effective.OriginOf("actorscheduler.node.ready-timeout")));
    }

    [Fact]
    public void A_variable_sets_any_key_of_product_and_engine()
    {
        EffectiveConfig effective = Effective([], new Hashtable
        {
            ["ACTORSCHEDULER__ALLOCATOR__OFFER_TIMEOUT"] = "7 s",
            ["AKKA__REMOTE__DOT_NETTY__TCP__CONNECTION_TIMEOUT"] = "9 s",
            ["ACTORSCHEDULER_HTTP"] = "not a key",
        });

        Assert.Equal(TimeSpan.FromSeconds(7), effective.Values.GetTimeSpan("actorscheduler.allocator.offer-timeout"));
        Assert.Equal(TimeSpan.FromSeconds(9), effective.Values.GetTimeSpan("akka.remote.dot-netty.tcp.connection-timeout"));
    }

    [Fact]
    public void A_list_is_written_with_commas_and_seeds_are_the_same_in_any_order()
    {
        EffectiveConfig one = Effective([("--seeds", "actorscheduler.node.seeds", "b:1,a:20, a:3")], new Hashtable());
        EffectiveConfig other = Effective([], new Hashtable { ["ACTORSCHEDULER__NODE__SEEDS"] = "a:3,b:1,a:20,b:1" });

        Assert.Equal(["a:3", "a:20", "b:1"], NodeSettings.From(one.Values).Seeds.Select(static seed => $"{seed}"));
        Assert.Equal(NodeSettings.From(one.Values).Seeds, NodeSettings.From(other.Values).Seeds);
    }

    [Fact]
    public void A_key_that_does_not_exist_is_refused_with_where_it_stands()
    {
        File.WriteAllText(_file, "actorscheduler.node.bnid = x");

        var inFile = Assert.Throws<AschedException>(() => Effective([], new Hashtable()));
        var variable = Assert.Throws<AschedException>(() => Effective([], new Hashtable { ["ACTORSCHEDULER__NODE__BNID"] = "x" }));

        Assert.StartsWith($"{_file}: there is no key actorscheduler.node.bnid", inFile.Message, StringComparison.Ordinal);
        Assert.StartsWith("ACTORSCHEDULER__NODE__BNID: there is no key actorscheduler.node.bnid", variable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_value_in_a_file_is_told_with_key_and_file()
    {
        File.WriteAllText(_file, "actorscheduler.node.leave-timeout = soon");
        EffectiveConfig effective = Effective([], new Hashtable());

        var problem = Assert.Throws<SettingException>(() => NodeSettings.From(effective.Values));

        Assert.StartsWith($"actorscheduler.node.leave-timeout ({_file}): must be a time", effective.Blame(problem).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);

    private EffectiveConfig Effective((string, string, string)[] flags, Hashtable environment) => EffectiveConfig.Of(flags, environment, _file);
}
