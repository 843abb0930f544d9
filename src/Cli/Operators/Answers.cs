using System.Text.Json;
using ActorScheduler.Gateway.Operators.Contract;
using Spectre.Console;

namespace ActorScheduler.Cli.Operators;

/// <summary>Writes what masters answered: a table for people, or JSON for programs.</summary>
/// <param name="output">Where to.</param>
/// <param name="asJson">Whether as JSON, one line.</param>
internal sealed class Answers(TextWriter output, bool asJson)
{
    // Lines for programs and files are not broken to fit a screen.
    private const int NoWidth = 10_000;

    /// <summary>Whether it is for programs.</summary>
    internal bool IsJson => asJson;

    /// <summary>Whether a table may be painted over the one before.</summary>
    internal bool CanPaint => !asJson && ReferenceEquals(output, Console.Out) && Terminal.IsOutput && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>A list of things.</summary>
    /// <param name="items">The things, as the masters say them.</param>
    /// <param name="columns">Name of each column with its text for one thing.</param>
    internal void Table<T>(IReadOnlyList<T> items, params (string Name, Func<T, string> Text)[] columns)
    {
        if (asJson)
            Json(items);
        else
            Paper().Write(Of(items, columns, isExact: false));
    }

    /// <summary>A list of things that changes: painted over and over until there is no next one, or written once.</summary>
    /// <param name="columns">As of <see cref="Table"/>.</param>
    /// <param name="isLive">Whether it is painted over and over; see <see cref="CanPaint"/>.</param>
    /// <param name="next">Gives the list, when it is time; null for the end.</param>
    internal async Task Repeat<T>((string Name, Func<T, string> Text)[] columns, bool isLive, Func<Task<IReadOnlyList<T>?>> next)
    {
        if (!isLive)
        {
            if (await next() is { } items)
                Table(items, columns);
            return;
        }
        await Paper().Live(new Table()).AutoClear(false).StartAsync(async painting =>
        {
            while (await next() is { } items)
                painting.UpdateTarget(Of(items, columns, isExact: true));
        });
    }

    /// <summary>One thing: its JSON, or a sentence.</summary>
    internal void Say<T>(T item, string sentence)
    {
        if (asJson)
            Json(item);
        else
            output.WriteLine(Printable.Lines(sentence));
    }

    /// <summary>What is for people only, beside the thing itself.</summary>
    internal void Text(string text)
    {
        if (!asJson)
            output.WriteLine(Printable.Lines(text));
    }

    private static bool IsPlain => Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>For a terminal columns that say nothing are left out, and the last is cut; programs and files get all.</summary>
    private Table Of<T>(IReadOnlyList<T> items, (string Name, Func<T, string> Text)[] columns, bool isExact)
    {
        string[][] rows = [.. items.Select(item => columns.Select(column => Printable.Line(column.Text(item))).ToArray())];
        int[] widths = ReferenceEquals(output, Console.Out) && Terminal.IsOutput && items.Count > 0 && Terminal.Size is { } size
            ? TableLayout.Fit(
                [.. columns.Select(static column => column.Name.Length)], [.. columns.Select((_, column) => rows.Max(row => row[column].Length))], size.Columns, isExact)
            : [.. columns.Select(static _ => NoWidth)];
        int[] shown = [.. Enumerable.Range(0, columns.Length).Where(column => widths[column] > 0)];
        var table = new Table { Border = TableBorder.None, UseSafeBorder = false };
        foreach (int column in shown)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(columns[column].Name)}[/]") { NoWrap = true, Padding = new Padding(0, 0, column == shown[^1] ? 0 : TableLayout.Gap, 0) });
        foreach (string[] row in rows)
            table.AddRow([.. shown.Select(column => Markup.Escape(TableLayout.Cut(row[column], widths[column])))]);
        return table;
    }

    private IAnsiConsole Paper()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // Painting over needs escapes, colours do not come with it.
            Ansi = Console.IsOutputRedirected || IsPlain && !CanPaint ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
        });
        // Lines have been made to fit; nothing else may break ids into pieces.
        console.Profile.Width = NoWidth;
        return console;
    }

    private void Json<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, ApiJson.Options));
}
