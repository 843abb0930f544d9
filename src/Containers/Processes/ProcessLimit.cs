using System.Globalization;

namespace ActorScheduler.Containers.Processes;

/// <summary>A limit of each single process, as <c>ulimit</c> sets it.</summary>
/// <param name="Letter"><c>c</c>: core files, <c>n</c>: open files, <c>u</c>: processes of the user, <c>f</c>: size of files.</param>
/// <param name="Value">A number in ulimit's units (blocks of 512 bytes for <c>c</c> and <c>f</c>), or <c>unlimited</c>.</param>
public sealed record ProcessLimit(char Letter, string Value)
{
    /// <summary>None when the text is empty.</summary>
    /// <exception cref="ArgumentException">Neither a number nor <c>unlimited</c>.</exception>
    internal static IEnumerable<ProcessLimit> Of(char letter, string key, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        if (text != "unlimited" && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new ArgumentException($"{key} must be empty, a number or unlimited, is '{text}'");
        return [new ProcessLimit(letter, text)];
    }
}
