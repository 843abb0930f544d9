using System.Globalization;
using ActorScheduler.Model;

namespace ActorScheduler.Containers.Simulated;

/// <summary>What becomes of a simulated container.</summary>
/// <param name="Start">Until it runs.</param>
/// <param name="Run">From then until it ends by itself; null for never.</param>
/// <param name="ExitCode">How it ends.</param>
/// <param name="Failure">Why it does not start; null when it does.</param>
/// <param name="Hangs">Whether it ends only when it is killed.</param>
public sealed record Fate(TimeSpan Start, TimeSpan? Run, int ExitCode = 0, string? Failure = null, bool Hangs = false)
{
    /// <summary>What a task's labels say, and the model where they say nothing.</summary>
    public static Fate Of(TaskInfo task, Fate model)
    {
        Fate fate = model;
        foreach (Label label in task.Labels)
        {
            fate = label.Key switch
            {
                "simulate.start" => fate with { Start = Seconds(label) },
                "simulate.run" => fate with { Run = Seconds(label) },
                "simulate.exit" => fate with { ExitCode = int.Parse(label.Value ?? "0", CultureInfo.InvariantCulture) },
                "simulate.fail" => fate with { Failure = label.Value ?? "simulated" },
                "simulate.hang" => fate with { Hangs = true },
                _ => fate,
            };
        }
        return fate;
    }

    private static TimeSpan Seconds(Label label) =>
        double.TryParse(label.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : throw new ContainerException($"label {label.Key}: '{label.Value}' must be a number of seconds");
}
