using System.Diagnostics;

namespace ActorScheduler.Cli.Specs.Commands;

/// <summary>The scripts make shells ask the program, and it answers.</summary>
public sealed class CompletionSpecs
{
    [Theory]
    [InlineData("asched unr", "unreserve")]
    [InlineData("asched agent dr", "drain")]
    [InlineData("asched task lo", "logs")]
    [InlineData("asched task logs --std", "--stderr")]
    public async Task Bash_completes_what_was_begun(string line, string completed)
    {
        string script = await Asched.Says("completion", "bash");
        var start = new ProcessStartInfo("bash", ["-c", $"{script}\nCOMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _asched; printf '%s\\n' \"${{COMPREPLY[@]}}\""])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process bash = Process.Start(start)!;

        Assert.Equal($"{completed}\n", await bash.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData("zsh", "compdef _asched asched")]
    [InlineData("fish", "complete -c asched")]
    public async Task Other_shells_have_scripts_of_their_own(string shell, string line) =>
        Assert.Contains(line, await Asched.Says("completion", shell), StringComparison.Ordinal);
}
