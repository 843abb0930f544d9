using System.CommandLine;
using System.Globalization;
using ActorScheduler.Node.Operators;

namespace ActorScheduler.Node.Commands;

/// <summary>The flags of commands that ask masters: where they are, and how the answer is written.</summary>
internal sealed class MastersFlags
{
    private const string Variable = "ACTORSCHEDULER_MASTERS";

    private readonly Option<string> _masters = new("--masters")
    {
        HelpName = "HOST:PORT,...",
        Description = $"Masters to ask, one that answers is enough. Default: {Variable}, else 127.0.0.1:2551.",
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } masters ? masters : "127.0.0.1:2551",
    };

    private readonly Option<string> _timeout = new("--timeout") { HelpName = "SECONDS", Description = "Longest wait for an answer.", DefaultValueFactory = static _ => "10" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for programs." };

    private MastersFlags(Command command)
    {
        command.Add(_masters);
        command.Add(_timeout);
        command.Add(_json);
    }

    /// <summary>Gives a command these flags, and what it does with a session.</summary>
    internal static Command Add(Command command, Func<MastersSession, Answers, ParseResult, Task> act)
    {
        var flags = new MastersFlags(command);
        command.SetAction(async (parsed, _) =>
        {
            await using MastersSession session = MastersSession.Connect(parsed.GetValue(flags._masters)!, Seconds("--timeout", parsed.GetValue(flags._timeout)!));
            await act(session, new Answers(parsed.InvocationConfiguration.Output, parsed.GetValue(flags._json)), parsed);
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>Reads a number of seconds.</summary>
    /// <exception cref="AschedException">It is none.</exception>
    internal static TimeSpan Seconds(string flag, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw new AschedException(ExitCode.Usage, $"{flag}: '{text}' must be a number of seconds above 0");
}
