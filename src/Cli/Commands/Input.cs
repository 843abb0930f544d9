using System.Diagnostics.CodeAnalysis;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Commands;

/// <summary>Reads values of command lines.</summary>
internal static class Input
{
    /// <summary>The value.</summary>
    /// <exception cref="AschedException">There is a problem instead; it names the argument.</exception>
    [return: NotNull]
    internal static T Valid<T>(Result<T> result)
        where T : notnull =>
        result.TryGet(out T? value, out Problem? problem) ? value : throw new AschedException(ExitCode.Usage, problem.ToString());
}
