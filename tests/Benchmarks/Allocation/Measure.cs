using System.Diagnostics;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>Takes times and prints them, one figure a line: <c>metric value unit</c>.</summary>
internal sealed class Measure
{
    private readonly List<(string Metric, double Value, string Unit)> _figures = [];

    public IReadOnlyList<(string Metric, double Value, string Unit)> Figures => _figures;

    public static double Seconds(Action action)
    {
        long before = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    /// <summary>Runs a prepared action several times, each on fresh state, and reports median and best.</summary>
    public void Repeat(string metric, int times, Func<double> run, string unit = "s")
    {
        var values = new List<double>();
        for (int i = 0; i < times; i++)
        {
            GC.Collect();
            values.Add(run());
        }
        values.Sort();
        Report($"{metric}.median", values[values.Count / 2], unit);
        Report($"{metric}.best", values[0], unit);
    }

    /// <summary>Reports percentiles of many small times, in milliseconds.</summary>
    public void Percentiles(string metric, List<double> milliseconds)
    {
        milliseconds.Sort();
        Report($"{metric}.p50", milliseconds[milliseconds.Count / 2], "ms");
        Report($"{metric}.p99", milliseconds[(int)(milliseconds.Count * 0.99)], "ms");
    }

    public void Report(string metric, double value, string unit)
    {
        _figures.Add((metric, value, unit));
        Console.WriteLine(FormattableString.Invariant($"{metric} {value:0.######} {unit}"));
    }
}
