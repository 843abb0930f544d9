using System.Collections;
using ActorScheduler.Agent;
using ActorScheduler.Master;
using ActorScheduler.Protocol;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorScheduler.Node.Configuration;

/// <summary>
/// The configuration of a node with the origin of each value: flags before variables of the environment before a file before
/// reference.conf.
/// </summary>
internal sealed class EffectiveConfig
{
    /// <summary>The product's own section: all its keys stand in reference.conf.</summary>
    internal const string Product = "actorscheduler";

    private static readonly Config Reference = ProtocolConfig.Reference.WithFallback(MasterRole.Config);

    private static readonly HashSet<string> Lists = ["actorscheduler.node.seeds", "actorscheduler.node.give-up", "akka.cluster.seed-nodes", "akka.cluster.roles"];

    /// <summary>Keys of earlier versions, and what stands for them.</summary>
    private static readonly Dictionary<string, string> Replaced = new()
    {
        ["actorscheduler.agent.docker.log-files"] = "output stays in one file, of which log-size bytes are kept",
        ["actorscheduler.agent.process.log-files"] = "output stays in one file, of which log-size bytes are kept",
    };

    private readonly IReadOnlyList<ConfigLayer> _layers;

    private EffectiveConfig(IReadOnlyList<ConfigLayer> layers)
    {
        _layers = [.. layers, new ConfigLayer("reference.conf", Reference)];
        Values = _layers.Skip(1).Aggregate(_layers[0].Values, static (all, layer) => all.WithFallback(layer.Values));
    }

    /// <summary>All of it.</summary>
    internal Config Values { get; }

    /// <summary>Puts the layers together.</summary>
    /// <param name="flags">Flags that were given, with the keys that they set.</param>
    /// <param name="environment">Variables.</param>
    /// <param name="file">A file of HOCON, or null.</param>
    /// <exception cref="AschedException">A key does not exist, or the file cannot be read.</exception>
    internal static EffectiveConfig Of(IEnumerable<(string Flag, string Key, string Text)> flags, IDictionary environment, string? file)
    {
        var layers = new List<ConfigLayer>();
        foreach ((string origin, string key, string text) in flags.Concat(EnvironmentVariables.Keys(environment)))
        {
            if (IsUnknown(key))
                throw new AschedException(ExitCode.Usage, $"{origin}: {Missing(key)}");
            layers.Add(ConfigLayer.Of(origin, key, text, IsList(key)));
        }
        if (file is not null)
            layers.Add(ConfigFile.Read(file));
        foreach (string key in layers.SelectMany(static layer => Leaves(layer.Values, Product)).Select(static leaf => leaf.Key).Where(IsUnknown))
            throw new AschedException(ExitCode.Usage, $"{file}: {Missing(key)}");
        return new EffectiveConfig(layers);
    }

    /// <summary>Whether a key holds a list. The parser cannot tell an empty list from nothing, so those that may be empty are named here.</summary>
    internal static bool IsList(string key) => Lists.Contains(key) || Reference.GetValue(key)?.IsArray() == true;

    /// <summary>Where the value of a key comes from.</summary>
    internal string OriginOf(string key) => _layers.First(layer => layer.Values.HasPath(key) || layer == _layers[^1]).Origin;

    /// <summary>Whether a key is set by anything but reference.conf.</summary>
    internal bool IsSet(string key) => _layers.SkipLast(1).Any(layer => layer.Values.HasPath(key));

    /// <summary>A sentence about a value that is not valid, which names what the operator wrote.</summary>
    internal AschedException Blame(SettingException problem)
    {
        string origin = OriginOf(problem.Key);
        bool isName = origin.StartsWith("--", StringComparison.Ordinal) || origin.Contains("__", StringComparison.Ordinal);
        return new AschedException(ExitCode.Usage, isName ? $"{origin}: {problem.Reason}" : $"{problem.Key} ({origin}): {problem.Reason}", problem);
    }

    /// <summary>Reads all sections, so that what is wrong is told before anything begins.</summary>
    /// <exception cref="AschedException">A value is not valid; the sentence names the flag, the variable or the key.</exception>
    internal NodeSettings Check()
    {
        try
        {
            var node = NodeSettings.From(Values);
            EngineSection.Check(Values);
            if (node.IsMaster)
                MasterRole.Check(Values);
            if (node.IsAgent)
                AgentRole.Check(Values);
            return node;
        }
        catch (SettingException e)
        {
            throw Blame(e);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or ConfigurationException)
        {
            throw new AschedException(ExitCode.Usage, e.Message, e);
        }
    }

    /// <summary>Every key below a section with its value.</summary>
    internal IEnumerable<(string Key, HoconValue Value)> Leaves(string section) => Leaves(Values, section);

    private static IEnumerable<(string Key, HoconValue Value)> Leaves(Config config, string section) =>
        config.GetValue(section) is { } value ? Leaves(section, value) : [];

    private static IEnumerable<(string Key, HoconValue Value)> Leaves(string path, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves($"{path}.{item.Key}", item.Value))
        : [(path, value)];

    private static string Missing(string key) => Replaced.TryGetValue(key, out string? instead)
        ? $"there is no key {key} any more: {instead}"
        : $"there is no key {key}; reference.conf has them all";

    private static bool IsUnknown(string key) => key.StartsWith($"{Product}.", StringComparison.Ordinal) && !Reference.HasPath(key);
}
