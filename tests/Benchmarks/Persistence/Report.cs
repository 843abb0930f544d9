using System.Diagnostics;

namespace ActorScheduler.Benchmarks.Persistence;

/// <summary>Prints figures, a line each: <c>engine.name.median 123 msg/s</c>.</summary>
internal static class Report
{
    /// <summary>Runs a round several times after one that warms up, and prints best and median of a rate (more is better).</summary>
    internal static async Task Rates(string name, string unit, int rounds, Func<Task<double>> round)
    {
        await round();
        var rates = new List<double>();
        for (var i = 0; i < rounds; i++) rates.Add(await round());
        rates.Sort();
        Print($"{name}.median", rates[rates.Count / 2], unit);
        Print($"{name}.best", rates[^1], unit);
    }

    internal static void Print(string name, double value, string unit) =>
        Console.WriteLine($"engine.{name} {(value >= 1000 ? value.ToString("0") : value.ToString("0.###"))} {unit}");

    /// <summary>How many a second that was.</summary>
    internal static double PerSecond(long count, long startedAt) => count / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
}
