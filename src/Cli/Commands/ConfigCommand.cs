using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActorScheduler.Node.Configuration;
using ActorScheduler.Node.Daemon;
using Akka.Configuration.Hocon;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched config show</c>: the configuration of a node with these flags, and where each value comes from.</summary>
internal static class ConfigCommand
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var engine = new Option<bool>("--engine") { Description = "Include settings of the actor engine (akka)." };
        var show = new Command("show", "Print every setting of a node with its value and origin; passwords are masked.") { json, engine };
        var flags = new NodeFlags(show);
        show.SetAction(async (parsed, _) =>
        {
            (EffectiveConfig effective, TextWriter output) = (flags.Effective(parsed), parsed.InvocationConfiguration.Output);
            NodeSettings settings = NodeFlags.Settings(effective);
            int code = Print(output, effective, parsed.GetValue(json), parsed.GetValue(engine));
            // What auto means depends on the host.
            if (!parsed.GetValue(json) && settings.IsAgent && settings.Containerizers.Contains(ContainerizerChoice.Auto))
                output.WriteLine($"# {await ContainerizerChoice.Describe(settings, effective.Values)}");
            return code;
        });
        return new Command("config", "Show the configuration.") { show };
    }

    private static int Print(TextWriter output, EffectiveConfig effective, bool asJson, bool withEngine)
    {
        List<(string Key, string Value, string Origin)> values =
        [
            .. effective.Leaves(EffectiveConfig.Product).Concat(withEngine ? effective.Leaves("akka") : [])
                .Select(leaf => (leaf.Key, Text(leaf.Key, leaf.Value), effective.OriginOf(leaf.Key))),
        ];
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(values.Select(static value => new { key = value.Key, value = value.Value, origin = value.Origin }), Plain));
            return (int)ExitCode.Done;
        }
        foreach ((string key, string value, string origin) in values)
            output.WriteLine($"{key} = {value}  # {origin}");
        return (int)ExitCode.Done;
    }

    private static string Text(string key, HoconValue value) => EffectiveConfig.IsList(key)
        ? $"[{string.Join(", ", (value.IsArray() ? value.GetArray() : []).Select(element => Quoted(key, element)))}]"
        : Quoted(key, value);

    private static string Quoted(string key, HoconValue value) => JsonSerializer.Serialize(Redaction.Of(key, value.GetString() ?? ""), Plain);
}
