using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorScheduler.Cli.Commands;

/// <summary>A program and its arguments on a command line.</summary>
internal static class ProgramWords
{
    /// <summary>The words. A flag that there is none of must not become the program: it stands before <c>--</c>.</summary>
    /// <exception cref="AschedException">It did.</exception>
    internal static string[] Of(ParseResult parsed, Argument<string[]> words)
    {
        Token[] own = [.. parsed.GetResult(words)?.Tokens ?? []];
        Token[] before = [.. parsed.Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)];
        bool isMarked = before.Length < parsed.Tokens.Count;
        Token? odd = isMarked
            ? Array.Find(own, token => Array.Exists(before, other => ReferenceEquals(other, token)))
            : own is [var first, ..] && first.Value.StartsWith('-') ? first : null;
        if (odd is null)
            return parsed.GetValue(words) ?? [];
        throw new AschedException(ExitCode.Usage, odd.Value.StartsWith('-')
            ? $"there is no flag '{odd.Value}' here; the program and its arguments stand after --"
            : $"'{odd.Value}' stands before --; the program and its arguments stand after it");
    }
}
