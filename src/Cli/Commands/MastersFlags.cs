using System.CommandLine;
using System.Globalization;
using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Commands;

/// <summary>The flags of commands that ask the cluster: where its nodes are, and how the answer is written.</summary>
internal sealed class MastersFlags
{
    private const string Variable = "ACTORSCHEDULER_HTTP";
    private const string TokenVariable = "ACTORSCHEDULER_TOKEN";
    private const string TokenFileVariable = "ACTORSCHEDULER_TOKEN_FILE";
    private const string AuthoritiesVariable = "ACTORSCHEDULER_CA_FILE";
    private const string Default = "127.0.0.1:8080";

    private readonly Option<string> _nodes = new("--http")
    {
        HelpName = "HOST:PORT,...",
        Description = $"HTTP addresses of one or more nodes of the cluster; one that answers is enough. Default: {Variable}, else {Default}.",
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } nodes ? nodes : Default,
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        HelpName = "FILE",
        Description = $"File with the access token. Default: {TokenFileVariable}, else the token in {TokenVariable}.",
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(TokenFileVariable),
    };

    private readonly Option<string?> _authoritiesFile = new("--ca-file")
    {
        HelpName = "FILE",
        Description = $"CA certificates that the nodes' certificates are checked against, PEM. Default: {AuthoritiesVariable}, else those of the system.",
        DefaultValueFactory = static _ => Environment.GetEnvironmentVariable(AuthoritiesVariable),
    };

    private readonly Option<string> _timeout = new("--timeout") { HelpName = "SECONDS", Description = "How long to wait for an answer.", DefaultValueFactory = static _ => "10" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    private MastersFlags(Command command, bool withTimeout, bool withJson)
    {
        command.Add(_nodes);
        command.Add(_tokenFile);
        command.Add(_authoritiesFile);
        if (withTimeout)
            command.Add(_timeout);
        if (withJson)
            command.Add(_json);
    }

    /// <summary>Gives a command these flags, and what it does with a session.</summary>
    /// <param name="command">Which.</param>
    /// <param name="act">What it does.</param>
    /// <param name="withJson">Whether what it prints can be JSON; else it prints what tasks wrote, as it is.</param>
    internal static Command Add(Command command, Func<MastersSession, Answers, ParseResult, Task> act, bool withJson = true)
    {
        var flags = new MastersFlags(command, withTimeout: true, withJson);
        command.SetAction(async (parsed, _) =>
        {
            await using MastersSession session = MastersSession.Connect(flags.Access(parsed), Seconds("--timeout", parsed.GetValue(flags._timeout)!));
            await act(session, new Answers(parsed.InvocationConfiguration.Output, withJson && parsed.GetValue(flags._json)), parsed);
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// Gives a command that runs another one the flag of nodes alone. It ends with what <paramref name="act"/> gives; what goes
    /// wrong before the other command runs has one code, which few programs use.
    /// </summary>
    internal static Command AddRunning(Command command, Func<MastersSession, ParseResult, Task<int>> act)
    {
        var flags = new MastersFlags(command, withTimeout: false, withJson: false);
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                await using MastersSession session = MastersSession.Connect(flags.Access(parsed), TimeSpan.FromSeconds(10));
                return await act(session, parsed);
            }
            catch (AschedException e) when (e.ExitCode is not (ExitCode.Usage or ExitCode.TimedOut or ExitCode.Lost))
            {
                throw new AschedException(ExitCode.NotStarted, e.Message, e);
            }
        });
        return command;
    }

    private NodeAccess Access(ParseResult parsed) => NodeAccess.Read(
        parsed.GetValue(_nodes)!, parsed.GetValue(_tokenFile), Environment.GetEnvironmentVariable(TokenVariable), parsed.GetValue(_authoritiesFile));

    /// <summary>Reads a number of seconds, or 0 for at once.</summary>
    /// <exception cref="AschedException">It is none.</exception>
    internal static TimeSpan Grace(string flag, string text) => text == "0" ? TimeSpan.Zero : Seconds(flag, text);

    /// <summary>Reads a number of seconds.</summary>
    /// <exception cref="AschedException">It is none.</exception>
    internal static TimeSpan Seconds(string flag, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw new AschedException(ExitCode.Usage, $"{flag}: '{text}' must be a number of seconds above 0");
}
