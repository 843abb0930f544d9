using System.Text.Json;
using ActorScheduler.Protocol.Serialization;
using Spectre.Console;

namespace ActorScheduler.Node.Operators;

/// <summary>Writes what masters answered: a table for people, or JSON for programs.</summary>
/// <param name="output">Where to.</param>
/// <param name="asJson">Whether as JSON, one line.</param>
internal sealed class Answers(TextWriter output, bool asJson)
{
    // Lines for programs and files are not broken to fit a screen.
    private const int NoWidth = 10_000;

    /// <summary>A list of things.</summary>
    /// <param name="items">The things, as the masters say them.</param>
    /// <param name="columns">Name of each column with its text for one thing.</param>
    internal void Table<T>(IReadOnlyList<T> items, params (string Name, Func<T, string> Text)[] columns)
    {
        if (asJson)
        {
            Json(items);
            return;
        }
        var table = new Table { Border = TableBorder.None, UseSafeBorder = false };
        foreach ((string name, _) in columns)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(name)}[/]") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        foreach (T item in items)
            table.AddRow([.. columns.Select(column => Markup.Escape(column.Text(item)))]);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsPlain ? AnsiSupport.No : AnsiSupport.Detect,
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
        });
        if (IsPlain)
            console.Profile.Width = NoWidth;
        console.Write(table);
    }

    /// <summary>One thing: its JSON, or a sentence.</summary>
    internal void Say<T>(T item, string sentence)
    {
        if (asJson)
            Json(item);
        else
            output.WriteLine(sentence);
    }

    private static bool IsPlain => Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    private void Json<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, ScheduleJson.Plain));
}
