using System.CommandLine;
using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched task exec TASK -- CMD</c>: runs a command in a task's container.</summary>
internal static class TaskExecCommand
{
    internal static Command Create()
    {
        Argument<string> name = TaskCommand.Name();
        var input = new Option<bool>("--stdin", "-i") { Description = "Connect standard input to the command." };
        var terminal = new Option<bool>("--tty", "-t") { Description = "Allocate a terminal for the command." };
        var user = new Option<string?>("--user", "-u") { HelpName = "USER", Description = "User to run as. Default: the container's user." };
        var arguments = new Argument<string[]>("CMD") { Description = "Command and its arguments, after --.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("exec", "Run a command in a task's container and exit with its exit code.") { name, input, terminal, user, arguments };
        return MastersFlags.AddRunning(command, async (session, parsed) =>
        {
            string[] words = ProgramWords.Of(parsed, arguments);
            bool hasTerminal = parsed.GetValue(terminal), hasInput = parsed.GetValue(input);
            if (hasTerminal && hasInput && !Terminal.IsInput)
                throw new AschedException(ExitCode.Usage, "--tty: our input is no terminal; leave it out to pass input on");
            FoundTask task = await TaskLookup.One(session, parsed.GetValue(name)!);
            if (task.HasEnded)
                throw new AschedException(ExitCode.NotStarted, $"TASK: {task} has ended");
            InvocationConfiguration console = parsed.InvocationConfiguration;
            using var execution = new TaskExecution(session, task, new RawOutput(console.Output), new RawOutput(console.Error));
            return await execution.Run(words, parsed.GetValue(user), hasInput ? Console.OpenStandardInput() : null, hasTerminal);
        });
    }
}
