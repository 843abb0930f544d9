using System.CommandLine;
using System.CommandLine.Invocation;
using ActorScheduler.Cli.Operators;
using ActorScheduler.Gateway;

namespace ActorScheduler.Cli.Commands;

/// <summary>All commands, and how the program ends when one of them does.</summary>
internal static class CommandTree
{
    /// <summary>A word that begins with @ is that word, and no file with more of them: images and files are called so.</summary>
    private static readonly ParserConfiguration Literally = new() { ResponseFileTokenReplacer = null };

    internal static RootCommand Create() => Examples.AddTo(new RootCommand("ActorScheduler: runs tasks of many frameworks on one cluster.")
    {
        NodeCommand.Create(),
        DevCommand.Create(),
        ClusterCommand.Create(),
        RunCommand.Create(),
        TaskCommand.Create(),
        FrameworkCommand.Create(),
        AgentCommand.Create(),
        RoleCommand.Create(),
        OffersCommand.Create(),
        WhyCommand.Create(),
        QuotaCommand.Create(),
        WeightCommand.Create(),
        ReserveCommands.Reserve(),
        ReserveCommands.Unreserve(),
        VolumeCommand.Create(),
        AgentListCommand.Short(),
        FrameworkListCommand.Short(),
        TaskListCommand.Short(),
        RoleCommand.Short(),
        ConfigCommand.Create(),
        CertsCommand.Create(),
        CompletionCommand.Create(),
        ExampleCommand.Create(),
        VersionCommand.Create(),
    });

    /// <summary>Runs a command line.</summary>
    /// <returns>The process's exit code.</returns>
    internal static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        // A command may follow several things at a time, and the console's own writers are safe for that.
        (output, error) = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        ParseResult parsed = Create().Parse(args, Literally);
        if (parsed.Action is ParseErrorAction)
        {
            error.WriteLine($"asched: {Typos.Sentence(parsed)}");
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
        catch (OutputException e)
        {
            if (!e.IsClosed)
                error.WriteLine($"asched: {e.Message}");
            return e.ExitCode;
        }
        catch (GatewayException e)
        {
            error.WriteLine($"asched: {e.Message}");
            return (int)(e.IsPlaceTaken ? ExitCode.Unusable : ExitCode.Usage);
        }
    }
}
