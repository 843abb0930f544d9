using System.CommandLine;
using System.CommandLine.Invocation;

namespace ActorScheduler.Node.Commands;

/// <summary>All commands, and how the program ends when one of them does.</summary>
internal static class CommandTree
{
    internal static RootCommand Create() => new("ActorScheduler: a cluster scheduler of actors.")
    {
        NodeCommand.Create(),
        DevCommand.Create(),
        RunCommand.Create(),
        AgentsCommand.Create(),
        AgentShowCommand.Create(),
        FrameworksCommand.Create(),
        TasksCommand.Create(),
        TaskCommand.Create(),
        RolesCommand.Create(),
        AgentCommands.Drain(),
        AgentCommands.Reactivate(),
        QuotaCommand.Create(),
        WeightCommand.Create(),
        ExplainCommand.Create(),
        TeardownCommand.Create(),
        ConfigCommand.Create(),
        CompletionCommand.Create(),
        ExampleCommand.Create(),
        VersionCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>The process's exit code.</returns>
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        // A command may follow several things at a time, and the console's own writers are safe for that.
        (output, error) = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        ParseResult parsed = Create().Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            error.WriteLine($"asched: {string.Join(" ", parsed.Errors.Select(static problem => problem.Message))} Try 'asched {parsed.CommandResult.Command.Name} --help'.");
            return (int)ExitCode.Usage;
        }
        try
        {
            // Signals are the commands' own business: a node needs longer to leave than the parser's two seconds.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }
        catch (AschedException e)
        {
            error.WriteLine($"asched: {e.Message}");
            return (int)e.ExitCode;
        }
    }
}
