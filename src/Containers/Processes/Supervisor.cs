using System.Globalization;
using ActorScheduler.Containers.Processes.Host;

namespace ActorScheduler.Containers.Processes;

/// <summary>
/// The few lines of shell that stay with each run, outlive the agent and write down how its command ended. They use nothing but
/// what the shell has built in, so a run costs two processes and two programs loaded.
/// <code>
///   session:  supervisor (sh, outside of the run's control group)
///                 +-- command, in the group, with everything that it starts
/// </code>
/// The supervisor hears the signals that its session gets and goes on; its command gets them unchanged. It stays after the end until
/// the agent has what the command wrote last: see <see cref="RunPipes"/>.
/// </summary>
internal static class Supervisor
{
    public const string Shell = "/bin/sh";

    /// <summary>Where a supervisor has its result open.</summary>
    public const int ResultDescriptor = 9;

    /// <summary>What is asked of a process before it becomes the command: folder, control groups, limits.</summary>
    private const string Enter = """
        cd "$1" 2>/dev/null || { echo 'why folder' >&9; exit 125; }
        shift
        while [ "$1" != -- ]; do
          case "$1" in
            -u) { ulimit -u "$2" || ulimit -p "$2"; } 2>/dev/null || { echo 'why limit' >&9; exit 125; }; shift 2 ;;
            -?) ulimit "$1" "$2" 2>/dev/null || { echo 'why limit' >&9; exit 125; }; shift 2 ;;
            *) { echo 0 >"$1"; } 2>/dev/null || { echo 'why group' >&9; exit 125; }; shift ;;
          esac
        done
        shift
        exec 2>&8 3<&- 4>&- 5<&- 6<&- 7>&- 8>&- 9>&-
        exec "$@"
        """;

    // The command runs in the foreground: in the background it would have SIGINT and SIGQUIT ignored for good. The shell's word
    // that a signal ended it goes to descriptor 2, which is the result's file. Once it has ended the ends to write its streams (1, 8) and the
    // one that says that it runs (7) are given up; those to read them (5, 6) are kept until the agent has read all and says so (3).
    private const string Script = """
        exec 8>&2 2>/dev/null 9<>"$1" || exit 125
        shift
        trap : HUP INT QUIT PIPE ALRM TERM USR1 USR2 TSTP TTIN TTOU
        echo "pid $$" >&9
        exec 2>&9
        (

        """ + Enter + """

        )
        code=$?
        exec >&- 8>&-
        echo "end $code" >&9
        exec 7>&-
        until read -r line <&3; do :; done
        """;

    // Makes the variables that came under other names the command's own. Some shells drop or refuse names that they cannot have: such a
    // command begins by way of env, whose arguments are seen by others for that moment only.
    private const string Furnish = """
        n=0 odd=
        while eval "v=\${ASCHED_V$n-}"; [ -n "$v" ]; do
          unset "ASCHED_V$n"
          n=$((n+1))
          case "${v%%=*}" in
            ''|[0-9]*|*[!A-Za-z0-9_]*) odd=1; set -- "$v" "$@" ;;
            *) export "$v" ;;
          esac
        done
        unset n v OLDPWD
        if [ "$odd" ]; then unset odd; exec /usr/bin/env "$@"; fi
        unset odd
        exec "$@"
        """;

    private const string BesideScript = "exec 8>&2 9>&2\n" + Enter;

    /// <summary>Starts a run's command under a supervisor.</summary>
    /// <returns>The supervisor's number, which is also the session's.</returns>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public static int Start(RunFacts facts, string resultFile, IReadOnlyList<string> join, IReadOnlyList<ProcessLimit> limits, IReadOnlyList<string> command, (int Input, int Output, int Error) streams,
        IReadOnlyList<int> pipes) =>
        Launched([Shell, "-c", Script, "sh", resultFile, .. Entrance(facts.Sandbox, join, limits)], facts.User, facts.Environment, command, streams, pipes, null);

    /// <summary>Starts a command beside a run's own, in the same place.</summary>
    /// <returns>Its number, which is also its session's.</returns>
    /// <exception cref="ContainerException">It cannot be started.</exception>
    public static int StartBeside(
        RunFacts facts, HostUser? user, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> join, IReadOnlyList<ProcessLimit> limits, IReadOnlyList<string> command,
        (int Input, int Output, int Error) streams, string? terminal) =>
        Launched([Shell, "-c", BesideScript, "sh", .. Entrance(facts.Sandbox, join, limits)], user, environment, command, streams, [], terminal);

    private static int Launched(
        IEnumerable<string> supervisor, HostUser? user, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> command,
        (int Input, int Output, int Error) streams, IReadOnlyList<int> more, string? terminal)
    {
        // Shells drop variables whose names they cannot have, and variables of another user must not work on what still runs as root. In no
        // case do they stand among arguments, which everybody on the host can read.
        bool isDirect = user is null && environment.Keys.All(IsShellName);
        string[] variables = [.. environment.Select((variable, i) => $"{(isDirect ? "" : string.Create(CultureInfo.InvariantCulture, $"ASCHED_V{i}="))}{variable.Key}={variable.Value}")];
        return new Launch
        {
            Program = Shell,
            Arguments = isDirect ? [.. supervisor, .. command] : [.. supervisor, .. user?.Change() ?? [], Shell, "-c", Furnish, "sh", .. command],
            Environment = isDirect ? variables : ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", $"{RunFacts.Marker}={environment.GetValueOrDefault(RunFacts.Marker)}", .. variables],
            Streams = streams,
            More = more,
            Terminal = terminal,
        }.Run();
    }

    private static IEnumerable<string> Entrance(string sandbox, IEnumerable<string> join, IEnumerable<ProcessLimit> limits) =>
        [sandbox, .. join, .. limits.SelectMany(static limit => new[] { string.Create(CultureInfo.InvariantCulture, $"-{limit.Letter}"), limit.Value }), "--"];

    private static bool IsShellName(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
