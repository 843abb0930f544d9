using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using ActorScheduler.Gateway;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched version</c>: the program, the engine under it and the runtime.</summary>
internal static class VersionCommand
{
    internal static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("version", "Print the versions of asched, its actor engine and the runtime.") { json };
        command.SetAction(parsed => Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json)));
        return command;
    }

    private static void Print(TextWriter output, bool asJson)
    {
        var program = Versions.Product;
        var (engine, runtime) = (Versions.Engine, RuntimeInformation.FrameworkDescription);
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new { asched = program, engine, runtime }));
            return;
        }

        output.WriteLine($"asched  {program}");
        output.WriteLine($"engine  {engine}");
        output.WriteLine($"runtime {runtime}");
    }
}
