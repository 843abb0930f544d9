using Xunit;

namespace ActorScheduler.Processes;

/// <summary>A theory with what other programs make. Skipped where one of them is missing; scripts/test installs them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramTheoryAttribute : TheoryAttribute
{
    /// <param name="programs">Their names.</param>
    public ProgramTheoryAttribute(params string[] programs)
    {
        Programs = programs;
        if (Array.Find(programs, static program => !IsThere(program)) is { } missing)
            Skip = $"There is no {missing}";
    }

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Programs { get; }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
