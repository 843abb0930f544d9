using System.Globalization;

namespace ActorScheduler.Containers.Processes;

/// <summary>Says how a run ended, for people. Pure.</summary>
internal static class EndMessages
{
    private const int MostCharacters = 200;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL",
        [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ",
    };

    /// <summary>The end of a run whose supervisor wrote it down.</summary>
    /// <param name="facts">Which run.</param>
    /// <param name="result">What was written.</param>
    /// <param name="memoryKills">How often the kernel killed for want of memory.</param>
    /// <param name="memoryLimit">Bytes that it could have; null for no limit.</param>
    /// <param name="launch">What is known of its start; of use for the exit codes that shells give when there is no such program.</param>
    public static ContainerEnd Of(RunFacts facts, RunResult result, long memoryKills, long? memoryLimit, LaunchEvidence launch)
    {
        int code = result.ExitCode!.Value;
        if (result.Failure is { } failure)
        {
            return new ContainerEnd(code, Message: failure switch
            {
                "folder" => $"Its working folder {facts.Sandbox} is missing, or may not be entered",
                "limit" => "A limit of actorscheduler.agent.process.limits is above what the host allows",
                _ => "It could not join its control group",
            });
        }
        if (memoryKills > 0 && code != 0)
            return new ContainerEnd(code, IsOutOfMemory: true, TooMuchMemory(memoryLimit));
        return new ContainerEnd(code, Message: code switch
        {
            _ when result.IsSignal && code > ExitCodes.Signal => string.Create(
                CultureInfo.InvariantCulture, $"Command was killed by signal {code - ExitCodes.Signal}{(Signals.TryGetValue(code - ExitCodes.Signal, out string? name) ? $" ({name})" : "")}"),
            ExitCodes.NotFound when WasNotStarted(facts, launch, launch.IsExecutable is null) => $"Command was not found: '{facts.Command}'{Because(launch.LastError)}",
            ExitCodes.NotExecutable when WasNotStarted(facts, launch, launch.IsExecutable is not true) => $"Command may not be executed: '{facts.Command}'{Because(launch.LastError)}",
            // The program's own code, or that of a line's last command: the shell has said then what the matter was.
            ExitCodes.NotFound or ExitCodes.NotExecutable when launch.LastError is { Length: > 0 } =>
                string.Create(CultureInfo.InvariantCulture, $"Command ended with exit code {code}{Because(launch.LastError)}"),
            _ => null,
        });
    }

    /// <summary>The end of a run whose supervisor is gone without a word.</summary>
    /// <param name="facts">Which run.</param>
    /// <param name="bootId">The host's present start.</param>
    public static ContainerEnd Lost(RunFacts facts, string bootId) => new(null, Message: facts.BootId == bootId
        ? "Its supervisor was killed, so what was left of it was killed too; its exit code is not known"
        : "The host was restarted while it ran; its exit code is not known");

    /// <summary>A text on one line and not too long.</summary>
    public static string Short(string text)
    {
        string line = string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= MostCharacters ? line : string.Concat(line.AsSpan(0, MostCharacters), "...");
    }

    /// <summary>Whether what was to become a program says that it could not: by the program's absence, or in the words of shell and env.</summary>
    private static bool WasNotStarted(RunFacts facts, LaunchEvidence launch, bool isAbsent) => facts.Program is { } program
        && (isAbsent || launch.LastError?.Contains($"exec: {program}: ", StringComparison.Ordinal) == true
            || (launch.LastError?.StartsWith("/usr/bin/env: ", StringComparison.Ordinal) == true && launch.LastError.Contains(program, StringComparison.Ordinal)));

    private static string TooMuchMemory(long? limit) => limit is { } bytes
        ? string.Create(CultureInfo.InvariantCulture, $"mem: it took more memory than the {bytes / (1024.0 * 1024):0.#} MiB that it may")
        : "mem: the host ran out of memory";

    private static string Because(string? error) => error is { Length: > 0 } ? $" ({Short(error)})" : "";
}
