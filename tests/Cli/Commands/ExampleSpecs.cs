using System.CommandLine;
using ActorScheduler.Cli.Commands;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>Each command's help ends with examples, and these are right.</summary>
public sealed class ExampleSpecs
{
    public static TheoryData<string> Commands => [.. All(CommandTree.Create(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_has_an_example_in_its_help_that_is_a_command_line_of_it(string command)
    {
        string[] examples = Examples.ByCommand[command];
        using StringWriter output = new(), error = new();
        int code = await CommandTree.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"], output, error);

        Assert.Equal((0, ""), (code, error.ToString()));
        Assert.All(examples, example =>
        {
            Assert.Contains($"  {example}{Environment.NewLine}", output.ToString(), StringComparison.Ordinal);
            string line = example[example.IndexOf("asched ", StringComparison.Ordinal)..].Split(" | source")[0].TrimEnd(')');
            Assert.StartsWith($"asched {command}", line, StringComparison.Ordinal);
            ParseResult parsed = CommandTree.Create().Parse(Words(line["asched ".Length..]));
            Assert.Empty(parsed.Errors);
        });
    }

    [Fact]
    public void No_example_is_of_a_command_that_there_is_none_of() => Assert.Empty(Examples.ByCommand.Keys.Except(All(CommandTree.Create(), "")));

    private static IEnumerable<string> All(Command command, string name) => command.Subcommands.Where(static one => !one.Hidden)
        .SelectMany(one => All(one, $"{name} {one.Name}".Trim())).Prepend(name);

    /// <summary>As a shell reads it: what stands in single quotes is one word.</summary>
    private static string[] Words(string line) => [.. line.Split('\'').SelectMany(static (part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
