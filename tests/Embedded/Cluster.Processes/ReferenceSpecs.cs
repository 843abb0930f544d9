using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Client;
using Akka.Cluster.Tools.PublishSubscribe;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql;

namespace Cluster.Processes.Specs;

/// <summary>The engine's part of the reference configuration.</summary>
public sealed class ReferenceSpecs
{
    private static readonly Config Shipped = ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference.conf")));

    [Fact]
    public async Task It_sets_only_keys_that_the_engine_has_and_only_to_other_values()
    {
        using var system = ActorSystem.Create("bare", "akka { stdout-loglevel = OFF, loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");
        var defaults = system.Settings.Config.WithFallback(ClusterSharding.DefaultConfig()).WithFallback(DistributedPubSub.DefaultConfig())
            .WithFallback(ClusterClientReceptionist.DefaultConfig()).WithFallback(Persistence.DefaultConfig()).WithFallback(SqlPersistence.DefaultConfiguration);

        foreach (var (key, value) in Shipped.GetConfig("akka").AsEnumerable().SelectMany(pair => Leaves($"akka.{pair.Key}", pair.Value)))
        {
            // The sections of journal and snapshots inherit the circuit breakers of all plugins.
            var known = key.Replace("journal.sql.circuit-breaker", "journal-plugin-fallback.circuit-breaker", StringComparison.Ordinal)
                .Replace("snapshot-store.sql.circuit-breaker", "snapshot-store-plugin-fallback.circuit-breaker", StringComparison.Ordinal);
            Assert.True(defaults.HasPath(known), $"The engine has no {key}");
            Assert.True(defaults.GetString(known) != value, $"{key} is as upstream has it: {value}");
        }

        await system.Terminate();
    }

    [Fact]
    public void Every_key_has_a_comment_that_names_the_default()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "reference.conf"));
        var engine = lines.Skip(Array.FindIndex(lines, line => line.StartsWith("akka {", StringComparison.Ordinal))).ToArray();
        for (var i = 0; i < engine.Length; i++)
        {
            if (!engine[i].Contains('=', StringComparison.Ordinal) || engine[i].TrimStart().StartsWith('#')) continue;
            var comment = engine.Take(i).Reverse().SkipWhile(line => line.Contains('=', StringComparison.Ordinal) && !line.TrimStart().StartsWith('#'))
                .TakeWhile(line => line.TrimStart().StartsWith('#'));
            Assert.True(comment.Any(line => line.Contains("Upstream:", StringComparison.Ordinal)), $"What is upstream's default of: {engine[i].Trim()}");
        }
    }

    private static IEnumerable<(string Key, string Value)> Leaves(string path, Akka.Configuration.Hocon.HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(pair => Leaves($"{path}.{pair.Key}", pair.Value))
        : [(path, value.GetString())];
}
