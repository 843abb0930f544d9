using System.Diagnostics;
using ActorScheduler.Processes;

namespace ActorScheduler.Cli.Specs.Commands;

public sealed class VersionSpecs
{
    [Fact]
    public async Task Version_names_the_engine()
    {
        var program = NodeProgram.Assembly;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "version"]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Matches(@"engine  Akka\.NET \d+\.\d+\.\d+", output);
    }
}
