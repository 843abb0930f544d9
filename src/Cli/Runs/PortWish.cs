using System.Globalization;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Runs;

/// <summary>A port that a task wants: the number in its container, or a name for one of the host's.</summary>
/// <param name="Name">As it was written; part of the name of a variable.</param>
/// <param name="ContainerPort">Port in the container; null when the task listens on the host's port itself.</param>
internal sealed record PortWish(string Name, int? ContainerPort)
{
    /// <summary>Reads <c>8080</c> or <c>http</c>.</summary>
    internal static Result<PortWish> Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number is > 0 and < 65536 ? new PortWish(text, number) : new Problem("--port", $"'{text}' must be 1 to 65535")
            : text.Length is > 0 and < 64 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? new PortWish(text, null)
            : new Problem("--port", $"'{text}' must be a port of the container or a name of letters, digits, - and _");

    /// <summary>What a task finds in its environment: <c>PORT</c>, <c>PORT0</c> and on, <c>PORTS</c>, <c>PORT_NAME</c>; all are the host's ports.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Variables(IReadOnlyList<PortWish> wishes, IReadOnlyList<int> hostPorts)
    {
        if (wishes.Count == 0)
            yield break;
        yield return new("PORT", Text(hostPorts[0]));
        yield return new("PORTS", string.Join(',', hostPorts.Select(Text)));
        for (int i = 0; i < wishes.Count; i++)
        {
            yield return new($"PORT{Text(i)}", Text(hostPorts[i]));
            yield return new($"PORT_{wishes[i].Name.Replace('-', '_').ToUpperInvariant()}", Text(hostPorts[i]));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
