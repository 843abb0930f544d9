using System.Globalization;

namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    /// <summary>Median and highest of what was measured.</summary>
    internal static void Print(string name, IEnumerable<double> values, string unit)
    {
        double[] sorted = [.. values.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cluster.{name}.median {sorted[sorted.Length / 2]:0.###} {unit}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cluster.{name}.max {sorted[^1]:0.###} {unit}"));
    }

    internal static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cluster.{name} {value:0.###} {unit}"));
}
