using System.Globalization;

namespace ActorScheduler.Benchmarks.Docker;

/// <summary>Prints medians and bests of rounds that were run in turn.</summary>
internal static class Report
{
    public static void Print(string what, IReadOnlyList<Round> ours, IReadOnlyList<Round> theirs, string unit)
    {
        PrintSide("engine." + what, ours, unit);
        PrintSide("curl." + what, theirs, unit);
        Line($"engine.{what}.ratio",
            Median(ours.Select(round => round.PerSecond)) / Median(theirs.Select(round => round.PerSecond)), "of-curl");
    }

    private static void PrintSide(string name, IReadOnlyList<Round> rounds, string unit)
    {
        Line(name + ".median", Median(rounds.Select(round => round.PerSecond)), unit);
        Line(name + ".best", rounds.Max(round => round.PerSecond), unit);
        Line(name + ".p50", Median(rounds.SelectMany(round => round.Milliseconds)), "ms");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Line(string metric, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metric} {value:0.###} {unit}"));
}
