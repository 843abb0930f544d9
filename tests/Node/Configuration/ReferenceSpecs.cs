using System.Reflection;
using System.Text.RegularExpressions;
using ActorScheduler.Agent;
using ActorScheduler.Master;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Protocol;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorScheduler.Node.Specs.Configuration;

public sealed partial class ReferenceSpecs
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string Root = Ancestors(AppContext.BaseDirectory).First(static folder => File.Exists(Path.Combine(folder, "ActorScheduler.sln")));

    [Fact]
    public void Every_key_that_is_documented_is_read() => Assert.Empty(Documented().Except(Read()));

    [Fact]
    public void Every_key_that_is_read_is_documented() => Assert.Empty(Read().Except(Documented()));

    [Fact]
    public void Every_key_has_a_comment_of_its_own_or_of_its_group()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, "hocon", "reference.conf"));
        IEnumerable<string> bare = lines.Where((line, i) => KeyLine().IsMatch(line) && !IsExplained(lines, i));

        Assert.Empty(bare);
    }

    [Theory]
    [InlineData("dev.conf")]
    [InlineData("master.conf")]
    [InlineData("agent.conf")]
    [InlineData("postgres.conf")]
    public void An_example_holds_valid_values_of_keys_that_exist(string file)
    {
        var effective = EffectiveConfig.Of([], new System.Collections.Hashtable(), Path.Combine(Root, "hocon", file));

        Assert.NotEmpty(NodeSettings.From(effective.Values).Roles);
    }

    private static bool IsExplained(string[] lines, int index)
    {
        // A comment stands above the first key of a group without blank lines.
        while (index > 0 && KeyLine().IsMatch(lines[index]))
            index--;
        return lines[index].TrimStart().StartsWith('#');
    }

    private static SortedSet<string> Documented() =>
        [.. Leaves("actorscheduler", ProtocolConfig.Reference.GetValue("actorscheduler"))];

    /// <summary>What all settings classes read, and what sources name as a whole key.</summary>
    private static SortedSet<string> Read()
    {
        var recording = new RecordingConfig(ProtocolConfig.Reference);
        Assembly[] assemblies = [typeof(NodeSettings).Assembly, typeof(MasterRole).Assembly, typeof(AgentRole).Assembly, typeof(ProtocolConfig).Assembly];
        IEnumerable<MethodInfo> readers =
            from type in assemblies.SelectMany(static assembly => assembly.GetTypes())
            let method = type.GetMethod("From", Any, [typeof(Config)]) ?? type.GetMethod("From", Any, [typeof(Config), typeof(string)])
            where method is not null
            select method;
        // Some are told a folder too.
        foreach (MethodInfo from in readers)
            from.Invoke(null, from.GetParameters().Length == 1 ? [recording] : [recording, "folder"]);
        IEnumerable<string> literals =
            from file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            from Match match in WholeKey().Matches(File.ReadAllText(file))
            select match.Groups[1].Value;
        // A section's name is not a key.
        recording.Read.UnionWith(literals.Where(static key => ProtocolConfig.Reference.GetValue(key)?.IsObject() != true));
        return recording.Read;
    }

    private static IEnumerable<string> Leaves(string path, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Leaves($"{path}.{item.Key}", item.Value))
        : [path];

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }

    // Whole: in quotes, from the first to the last sign.
    [GeneratedRegex(@"Get\w+\(""(actorscheduler\.[a-z0-9.-]+)""")]
    private static partial Regex WholeKey();

    [GeneratedRegex(@"^\s+[a-z0-9.-]+ = ")]
    private static partial Regex KeyLine();
}
