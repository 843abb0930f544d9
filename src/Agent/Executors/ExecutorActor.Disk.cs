using System.Globalization;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Agent.Executors;

/// <content>The disk of a task: what is in its sandbox is counted now and then, and a task that takes more than it has is ended, as Mesos's disk/du does.</content>
internal sealed partial class ExecutorActor
{
    private void WatchDisk()
    {
        if (_sandboxes?.DiskInterval is { } interval && Order.Sandbox is not null && Task.Resources.PlainDisk > 0)
            Timers.StartPeriodicTimer(nameof(DiskDue), DiskDue.Instance, interval, interval);
    }

    private void StopWatchingDisk() => Timers.Cancel(nameof(DiskDue));

    private void MeasureDisk()
    {
        CancellationTokenSource life = _life;
        // What cannot be counted just now is counted the next time.
        _sandboxes!.Sizes.Of(Order.RunId).PipeTo(Self, success: bytes => new DiskMeasured(life, bytes ?? 0), failure: _ => new DiskMeasured(life, 0));
    }

    private void JudgeDisk(DiskMeasured measured)
    {
        if (!ReferenceEquals(measured.Life, _life) || _assignment.OverDisk is not null || measured.Bytes <= Bytes(Task.Resources.PlainDisk))
            return;
        _assignment.OverDisk = string.Create(
            CultureInfo.InvariantCulture,
            $"Its sandbox takes {measured.Bytes / (double)(1 << 20):0.#} MiB of the disk, its output included, and it has disk:{FixedPoint.Format(Task.Resources.PlainDisk)}");
        // Whatever it gets as grace it goes on to fill the disk.
        StopContainer(new Stop(TimeSpan.Zero, TaskReason.ContainerLimitationDisk));
    }

    /// <summary>Bytes of an amount of disk in thousandths of a MiB; the largest amount there is stays below what a number holds.</summary>
    private static double Bytes(long thousandths) => thousandths / 1000.0 * (1 << 20);

    private sealed record DiskMeasured(CancellationTokenSource Life, long Bytes);

    private sealed record DiskDue
    {
        public static readonly DiskDue Instance = new();
    }
}
