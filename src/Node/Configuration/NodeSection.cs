using ActorScheduler.Model;
using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>Reads <c>actorscheduler.node</c>; errors name the whole key.</summary>
internal sealed class NodeSection(Config config)
{
    private const string Section = "actorscheduler.node";

    internal string Text(string key) => config.GetString($"{Section}.{key}") ?? "";

    /// <summary>The whole path of a file; null for none.</summary>
    internal string? File(string key) => Text(key) is { Length: > 0 } path ? Path.GetFullPath(path) : null;

    internal IReadOnlyList<string> List(string key) => [.. config.GetStringList($"{Section}.{key}")];

    /// <summary>A number, or 0 for what is usual.</summary>
    internal int CountOrNone(string key) => new SettingsSection(config, Section).CountOrNone(key);

    internal TimeSpan Time(string key) => new SettingsSection(config, Section).Time(key);

    /// <summary>One of the names given.</summary>
    internal string OneOf(string key, params string[] names) =>
        names.Contains(Text(key)) ? Text(key) : throw Wrong(key, $"'{Text(key)}' must be one of {string.Join(", ", names)}");

    /// <summary>Names out of those given, each once, at least one.</summary>
    internal IReadOnlyList<string> SomeOf(string key, params string[] names)
    {
        IReadOnlyList<string> given = AnyOf(key, names);
        return given.Count == 0 ? throw Wrong(key, $"must name at least one of {string.Join(", ", names)}") : given;
    }

    /// <summary>Names out of those given, each once, or none.</summary>
    internal IReadOnlyList<string> AnyOf(string key, params string[] names)
    {
        IReadOnlyList<string> given = [.. List(key).Distinct()];
        return given.FirstOrDefault(name => !names.Contains(name)) is { } other ? throw Wrong(key, $"'{other}' must be one of {string.Join(", ", names)}") : given;
    }

    /// <summary>A text that is read further.</summary>
    internal T Parsed<T>(string key, Func<string, Result<T>> parse) => Valid(key, parse(Text(key)));

    /// <summary>The value, or the problem under the key's name.</summary>
    internal static T Valid<T>(string key, Result<T> result) =>
        result.TryGet(out T? value, out Problem? problem) ? value : throw Wrong(key, problem.Reason);

    internal static SettingException Wrong(string key, string reason) => new($"{Section}.{key}", reason);
}
