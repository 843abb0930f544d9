using System.Globalization;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>What a task takes, from two looks at it.</summary>
/// <param name="Task">Which task.</param>
/// <param name="Usage">The later look; null when its agent could not say.</param>
/// <param name="Cpus">Processors that it used between the looks; null while there is one look only.</param>
/// <param name="Problem">Why there is nothing, or null.</param>
internal sealed record UsageSample(FoundTask Task, UsageRead? Usage, double? Cpus, string? Problem)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Looks at tasks, all at once.</summary>
    /// <param name="session">The way to their agents.</param>
    /// <param name="tasks">Which.</param>
    /// <param name="before">What was seen last time, or none.</param>
    internal static async Task<IReadOnlyList<UsageSample>> Take(MastersSession session, IEnumerable<FoundTask> tasks, IReadOnlyList<UsageSample> before) =>
        await System.Threading.Tasks.Task.WhenAll(tasks.Select(async task =>
        {
            object? answer = await session.AskOnce(new GetUsage(task.FrameworkId, task.Id), Limit);
            UsageRead? last = before.FirstOrDefault(sample => sample.Task.ToString() == task.ToString())?.Usage;
            return answer switch
            {
                UsageRead usage => new UsageSample(task, usage, CpusBetween(last, usage), null),
                CommandRefused refused => new UsageSample(task, null, null, refused.Problem.Reason),
                _ => new UsageSample(task, null, null, "its agent does not answer"),
            };
        }));

    /// <summary>Processors that were used between two looks at one run.</summary>
    internal static double? CpusBetween(UsageRead? earlier, UsageRead later) =>
        earlier?.RunId == later.RunId && later.ProcessorTime - earlier.ProcessorTime is { } used && later.At > earlier.At
            ? Math.Max(0, used / (later.At - earlier.At))
            : null;

    /// <summary>The columns of people's tables.</summary>
    internal static readonly (string Name, Func<UsageSample, string> Text)[] Columns =
    [
        ("TASK", static sample => sample.Task.Id.Value),
        ("FRAMEWORK", static sample => sample.Task.Framework),
        ("CPUS", static sample => $"{Number(sample.Cpus)}/{Model.FixedPoint.Format(sample.Task.Summary.Task.Resources.PlainCpus)}"),
        ("MEM MIB", static sample => $"{Mib(sample.Usage?.Memory)}/{Mib(sample.Usage?.MemoryLimit)}"),
        ("DISK MIB", static sample => Mib(sample.Usage?.DiskUsed)),
        ("RECEIVED MIB", static sample => Mib(sample.Usage?.Received)),
        ("SENT MIB", static sample => Mib(sample.Usage?.Sent)),
        ("PROCESSES", static sample => sample.Usage?.Processes?.ToString(CultureInfo.InvariantCulture) ?? "-"),
        ("NOTE", static sample => sample.Problem ?? ""),
    ];

    private static string Mib(long? bytes) => bytes is { } number ? (number / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture) : "-";

    private static string Number(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
