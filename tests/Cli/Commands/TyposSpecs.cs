using ActorScheduler.Cli.Commands;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>What was mistyped is named, and what was probably meant.</summary>
public sealed class TyposSpecs
{
    [Theory]
    [InlineData("there is no command 'lsit' of 'asched agent'; did you mean 'asched agent list'? Try 'asched agent --help'.", "agent", "lsit")]
    [InlineData("there is no command 'frmaework' of 'asched'; did you mean 'asched framework'? Try 'asched --help'.", "frmaework", "list")]
    [InlineData("there is no command 'drain' of 'asched'; did you mean 'asched agent drain'? Try 'asched --help'.", "drain", "a")]
    [InlineData("there is no command 'teardown' of 'asched'; did you mean 'asched framework teardown'? Try 'asched --help'.", "teardown", "f")]
    [InlineData("there is no command 'frobnicate' of 'asched'. Try 'asched --help'.", "frobnicate")]
    [InlineData("there is no command 'x' of 'asched role'; there are list. Try 'asched role --help'.", "role", "x")]
    [InlineData("there is no option '--jsno' of 'asched agent list'; did you mean '--json'? Try 'asched agent list --help'.", "agent", "list", "--jsno")]
    [InlineData("there is no option '--frobnicate' of 'asched agents'. Try 'asched agents --help'.", "agents", "--frobnicate")]
    [InlineData("'--http' belongs behind the command, as in 'asched agents --http ...'. Try 'asched agents --help'.", "--http", "127.0.0.1:1", "agents")]
    [InlineData("'y' is one argument too many for 'asched agent show'. Try 'asched agent show --help'.", "agent", "show", "x", "y")]
    [InlineData("'asched weight' needs one of set, remove. Try 'asched weight --help'.", "weights")]
    public async Task A_line_says_what_is_wrong_and_what_would_be_right(string line, params string[] arguments)
    {
        using StringWriter output = new(), error = new();

        Assert.Equal(2, await CommandTree.Run(arguments, output, error));
        Assert.Equal(("", $"asched: {line}\n"), (output.ToString(), error.ToString()));
    }

    [Fact]
    public void A_word_is_near_when_two_letters_at_most_are_wrong_and_not_half_of_it()
    {
        string[] words = ["list", "show", "drain", "maintenance"];

        Assert.Equal("list", Typos.Closest("lits", words));
        Assert.Equal("show", Typos.Closest("shwo", words));
        Assert.Equal("maintenance", Typos.Closest("maintainance", words));
        Assert.Null(Typos.Closest("kill", words));
        Assert.Null(Typos.Closest("", words));
    }
}
