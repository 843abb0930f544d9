using System.Collections;

namespace ActorScheduler.Node.Configuration;

/// <summary>
/// Variables of the environment as keys: <c>__</c> stands for a dot, <c>_</c> for a hyphen, capitals for small letters.
/// <c>ACTORSCHEDULER__ALLOCATOR__OFFER_TIMEOUT</c> is <c>actorscheduler.allocator.offer-timeout</c>. Variables that begin with
/// <c>ACTORSCHEDULER__</c> or <c>AKKA__</c> count.
/// </summary>
internal static class EnvironmentVariables
{
    private static readonly string[] Prefixes = ["ACTORSCHEDULER__", "AKKA__"];

    /// <summary>The keys that an environment sets, by the names of their variables.</summary>
    internal static IEnumerable<(string Variable, string Key, string Text)> Keys(IDictionary environment) =>
        from DictionaryEntry entry in environment
        let name = (string)entry.Key
        where Prefixes.Any(prefix => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal))
        orderby name
        select (name, KeyOf(name), (string?)entry.Value ?? "");

    private static string KeyOf(string name) =>
        string.Join('.', name.Split("__").Select(static part => part.Replace('_', '-').ToLowerInvariant()));
}
