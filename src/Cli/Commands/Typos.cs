using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorScheduler.Cli.Commands;

/// <summary>What is wrong with a command line that the parser did not understand, and what would be right.</summary>
internal static class Typos
{
    /// <summary>Wrong, missing and swapped letters at most, beyond which a word is another one.</summary>
    private const int MostMistakes = 2;

    /// <summary>One line for people.</summary>
    internal static string Sentence(ParseResult parsed)
    {
        Command[] path = Path(parsed);
        Command last = path[^1];
        string? unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        string help = $"Try '{Line(path)} --help'.";
        if (unknown is null)
        {
            // A noun without its verb.
            return parsed.Errors.Count > 0 && last.Subcommands.Any() && last.Action is null
                ? $"'{Line(path)}' needs one of {Verbs(last)}. {help}"
                : $"{string.Join(" ", parsed.Errors.Select(static problem => problem.Message))} {help}";
        }
        if (unknown.StartsWith('-'))
        {
            // The parser takes it for one of the program's own.
            if (last.Options.Any(option => option.Name == unknown.Split('=')[0]))
                return $"'{unknown}' belongs behind the command, as in '{Line(path)} {unknown} ...'. {help}";
            string? option = Closest(unknown, path.SelectMany(static command => command.Options).Where(static option => !option.Hidden).Select(static option => option.Name));
            return $"there is no option '{unknown}' of '{Line(path)}'{(option is null ? "." : $"; did you mean '{option}'?")} {help}";
        }
        if (!last.Subcommands.Any())
            return $"'{unknown}' is one argument too many for '{Line(path)}'. {help}";
        string? meant = Closest(unknown, Visible(last).Select(static command => command.Name)) is { } near ? $"{Line(path)} {near}" : Elsewhere(path[0], unknown);
        string right = meant is not null ? $"; did you mean '{meant}'?" : path.Length > 1 ? $"; there are {Verbs(last)}." : ".";
        return $"there is no command '{unknown}' of '{Line(path)}'{right} {help}";
    }

    /// <summary>The candidate that a word was probably to be; null when none is near.</summary>
    internal static string? Closest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Text: candidate, Mistakes: Mistakes(word, candidate)))
        .Where(candidate => candidate.Mistakes <= Math.Min(MostMistakes, candidate.Text.TrimStart('-').Length / 2))
        .OrderBy(static candidate => candidate.Mistakes).Select(static candidate => candidate.Text).FirstOrDefault();

    /// <summary>A command of exactly this name below another one: <c>drain</c> is <c>agent drain</c>.</summary>
    private static string? Elsewhere(Command root, string word) => Visible(root)
        .Where(noun => Visible(noun).Any(verb => verb.Name == word)).Select(noun => $"asched {noun.Name} {word}").FirstOrDefault();

    private static string Verbs(Command command) => string.Join(", ", Visible(command).Select(static one => one.Name));

    private static IEnumerable<Command> Visible(Command command) => command.Subcommands.Where(static one => !one.Hidden);

    private static Command[] Path(ParseResult parsed)
    {
        var path = new List<Command>();
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult command)
                path.Insert(0, command.Command);
        }
        return [.. path];
    }

    private static string Line(Command[] path) => string.Join(' ', path.Skip(1).Select(static command => command.Name).Prepend("asched"));

    /// <summary>The distance of Damerau and Levenshtein, neighbours swapped at most once.</summary>
    private static int Mistakes(string left, string right)
    {
        int[,] distance = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            distance[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            distance[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int best = Math.Min(distance[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    best = Math.Min(best, distance[i - 2, j - 2] + 1);
                distance[i, j] = best;
            }
        }
        return distance[left.Length, right.Length];
    }
}
