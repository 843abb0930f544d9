using System.Globalization;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// What a run's supervisor has written, line by line: <c>pid N</c> before it starts anything; <c>why WORD</c> when the command
/// could not be begun; anything else is the shell's own word that a signal ended the command; last <c>end CODE</c>.
/// </summary>
/// <param name="Supervisor">Its number; null while it has started nothing.</param>
/// <param name="Failure">What could not be done before the command: <c>folder</c>, <c>group</c> or <c>limit</c>; else null.</param>
/// <param name="IsSignal">Whether a signal ended the command.</param>
/// <param name="ExitCode">Null while it has not ended.</param>
internal sealed record RunResult(int? Supervisor, string? Failure, bool IsSignal, int? ExitCode)
{
    /// <summary>
    /// Room that is taken before a run starts: the supervisor only overwrites, so a full disk does not hide how it ended.
    /// </summary>
    public static byte[] Blank { get; } = [.. Enumerable.Repeat((byte)' ', 256)];

    /// <summary>Reads it. Lines that are not complete do not count.</summary>
    public static RunResult Parse(string text)
    {
        var result = new RunResult(null, null, false, null);
        string[] lines = text.Split('\n');
        foreach (string line in lines[..^1])
        {
            result = line.Split(' ', 2) switch
            {
                ["pid", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int process) => result with { Supervisor = process },
                ["end", var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int code) => result with { ExitCode = code },
                ["why", var word] => result with { Failure = word },
                _ => result with { IsSignal = true },
            };
        }
        return result;
    }
}
