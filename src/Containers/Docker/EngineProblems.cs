using System.Text.Json;
using System.Text.RegularExpressions;
using ActorScheduler.Model;
using Docker.DotNet;

namespace ActorScheduler.Containers.Docker;

/// <summary>Says in one sentence for people what the engine said at length: which field of the task is wrong, and why.</summary>
internal static partial class EngineProblems
{
    private const int LongestSentence = 500;

    /// <summary>The engine's own words, cut to one line.</summary>
    public static string Sentence(DockerApiException refusal) => Short(Words(refusal));

    /// <summary>What is wrong with a task whose container was refused.</summary>
    public static ContainerException Of(DockerApiException refusal, TaskInfo task)
    {
        string words = Words(refusal);
        return new ContainerException(Explained(words, task) ?? $"the engine refuses the container: {Short(words)}", refusal) { ExitCode = OfCommand(words)?.ExitCode };
    }

    /// <summary>What is wrong with an image that could not be pulled.</summary>
    public static ContainerException OfPull(string image, string words, Exception? cause = null) => new(
        words switch
        {
            _ when Has(words, "invalid reference format", "invalid tag format", "invalid checksum digest") => $"container.image: '{image}' is not the name of an image: {Short(words)}",
            _ when Has(words, "no space left") => $"container.image: no space is left on the engine's disk for '{image}'",
            _ when Has(words, "pull access denied", "unauthorized", "authentication required", "no basic auth credentials", "denied:") =>
                $"container.image: '{image}' does not exist, or its registry wants to know who asks: {Short(words)}",
            _ when Has(words, "manifest unknown", "not found", "no such image", "does not exist", "no matching manifest") =>
                $"container.image: the registry does not know '{image}': {Short(words)}",
            _ when Has(words, "toomanyrequests") => $"container.image: the registry of '{image}' gives no more images for now: {Short(words)}",
            _ when Has(words, "dial tcp", "no such host", "connection refused", "timeout", "deadline exceeded", "tls:", "x509:", "eof", "request canceled", "server gave http") =>
                $"container.image: the registry of '{image}' cannot be reached: {Short(words)}",
            _ => $"container.image: '{image}' cannot be pulled: {Short(words)}",
        },
        cause!);

    /// <summary>The message in an answer's body.</summary>
    internal static string Words(DockerApiException refusal)
    {
        try
        {
            using JsonDocument body = JsonDocument.Parse(refusal.ResponseBody ?? "");
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("message", out JsonElement message))
                return message.GetString() ?? "";
        }
        catch (JsonException)
        {
            // Proxies and old engines answer in plain text.
        }
        return refusal.ResponseBody is { Length: > 0 } text ? text : $"status {(int)refusal.StatusCode}";
    }

    /// <summary>A sentence about what people know by heart, or null.</summary>
    internal static string? Explained(string words, TaskInfo task)
    {
        if (PortTaken().Match(words) is { Success: true } port)
            return $"container.port_mappings: port {port.Groups["port"].Value} of the host is taken by somebody else";
        if (HostPathMissing().Match(words) is { Success: true } path)
            return $"container.volumes: there is no '{path.Groups["path"].Value}' on the host";
        if (NotFound().Match(words) is { Success: true } program)
            return $"command: there is no '{program.Groups["program"].Value}' in the image '{task.Container?.Image}'";
        if (NotExecutable().Match(words) is { Success: true } file)
            return $"command: '{file.Groups["program"].Value}' in the image '{task.Container?.Image}' is not a program that may be run";
        if (WrongFormat().Match(words) is { Success: true })
            return $"command: the program is not made for this host's kind of processor: {Short(words)}";
        if (UnknownUser().Match(words) is { Success: true } user)
            return $"command.user: the image '{task.Container?.Image}' knows no '{user.Groups["user"].Value.Trim()}'";
        if (NoNetwork().Match(words) is { Success: true } network)
            return $"container.network_name: the engine has no network '{network.Groups["network"].Value}'";
        if (words.Contains("No command specified", StringComparison.OrdinalIgnoreCase))
            return $"command: neither the task nor the image '{task.Container?.Image}' says what to run";
        if (words.Contains("No such image", StringComparison.OrdinalIgnoreCase))
            return $"container.image: the engine has no '{task.Container?.Image}'";
        if (words.Contains("invalid reference format", StringComparison.OrdinalIgnoreCase))
            return $"container.image: '{task.Container?.Image}' is not the name of an image";
        if (words.Contains("no space left on device", StringComparison.OrdinalIgnoreCase))
            return "no space is left on the engine's disk";
        if (words.Contains("cannot allocate memory", StringComparison.OrdinalIgnoreCase))
            return "the host has no memory left to start it";
        if (words.Contains("memory.limit_in_bytes", StringComparison.Ordinal) || words.Contains("memory.max", StringComparison.Ordinal))
            return $"mem: it takes more memory now than it may have then: {Short(words)}";
        return null;
    }

    /// <summary>The exit code of a command that the engine could not start, as a shell gives it, and a sentence; null for what no exit code stands for.</summary>
    internal static (int ExitCode, string Sentence)? OfCommand(string words) =>
        NotFound().Match(words) is { Success: true } missing ? (ExitCodes.NotFound, $"{missing.Groups["program"].Value}: not found")
        : NotExecutable().Match(words) is { Success: true } file ? (ExitCodes.NotExecutable, $"{file.Groups["program"].Value}: may not be executed")
        : WrongFormat().IsMatch(words) ? (ExitCodes.NotExecutable, "it is not made for this host's kind of processor")
        : null;

    private static bool Has(string words, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (words.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>Words of an engine on one line and not too long.</summary>
    internal static string Short(string words)
    {
        string line = Lines().Replace(words.Trim(), " ").TrimEnd('.');
        if (line.EndsWith(": unknown", StringComparison.Ordinal))
            line = line[..^": unknown".Length];
        return line.Length > LongestSentence ? line[..LongestSentence] + "..." : line;
    }

    [GeneratedRegex(@"(?:Bind for [^ ]*:(?<port>\d+) failed: port is already allocated|listen (?:tcp|udp)\d? [^ ]*:(?<port>\d+): bind: address already in use)")]
    private static partial Regex PortTaken();

    [GeneratedRegex(@"bind source path does not exist: (?<path>.+?)(?:: unknown)?$")]
    private static partial Regex HostPathMissing();

    [GeneratedRegex(@"exec: ""(?<program>[^""]*)"": (?:executable file not found|stat [^:]*: no such file or directory)|exec (?<program>[^ :""]+): no such file or directory")]
    private static partial Regex NotFound();

    [GeneratedRegex(@"exec: ""(?<program>[^""]*)"": (?:permission denied|is a directory|stat [^:]*: (?:not a directory|permission denied))")]
    private static partial Regex NotExecutable();

    [GeneratedRegex("exec format error")]
    private static partial Regex WrongFormat();

    [GeneratedRegex("unable to find (?:user|group) (?<user>[^:]+): no matching entries")]
    private static partial Regex UnknownUser();

    [GeneratedRegex(@"network (?<network>\S+) not found")]
    private static partial Regex NoNetwork();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex Lines();
}
