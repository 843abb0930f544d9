using System.CommandLine;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched completion bash|zsh|fish</c>: a script that makes a shell complete commands, by asking this program.</summary>
internal static class CompletionCommand
{
    // [suggest:POSITION] LINE is the parser's own directive: it prints what could stand there, a line each.
    private const string Bash =
        """
        # asched completion bash: put `source <(asched completion bash)` into ~/.bashrc
        _asched() {
          local word=${COMP_WORDS[COMP_CWORD]}
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)" -- "$word"))
        }
        complete -o default -F _asched asched
        """;

    private const string Zsh =
        """
        #compdef asched
        # asched completion zsh: put `source <(asched completion zsh)` into ~/.zshrc, after compinit
        _asched() {
          local -a found
          found=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
          compadd -- ${found:#}
          (( ${#found:#} )) || _files
        }
        compdef _asched asched
        """;

    private const string Fish =
        """
        # asched completion fish: put `asched completion fish | source` into ~/.config/fish/config.fish
        function __asched_complete
            set -l line (commandline -cp)
            asched "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
        end
        complete -c asched -a '(__asched_complete)'
        """;

    internal static Command Create() => new("completion", "Print a shell completion script.")
    {
        Of("bash", Bash), Of("zsh", Zsh), Of("fish", Fish),
    };

    private static Command Of(string shell, string script)
    {
        var command = new Command(shell, $"For {shell}.");
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.WriteLine(script));
        return command;
    }
}
