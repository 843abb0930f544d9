using System.CommandLine;

namespace ActorScheduler.Cli.Commands;

/// <summary><c>asched framework ...</c>: looks at who runs tasks, and ends them.</summary>
internal static class FrameworkCommand
{
    internal static Command Create() => new("framework", "Show frameworks, and tear them down.")
    {
        FrameworkListCommand.Create(), FrameworkShowCommand.Create(), FrameworkTeardownCommand.Create(),
    };

    /// <summary>The argument that names a framework.</summary>
    internal static Argument<string> Name() => new("FRAMEWORK") { Description = "Framework id, a unique prefix of it, or its name." };
}
