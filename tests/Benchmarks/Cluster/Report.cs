namespace ActorScheduler.Benchmarks.Cluster;

/// <summary>Prints figures, a line each: <c>engine.name.median 1.23 s</c>.</summary>
internal static class Report
{
    internal static void Print(string name, double value, string unit) =>
        Console.WriteLine($"engine.{name} {(value >= 1000 ? value.ToString("0") : value.ToString("0.###"))} {unit}");

    /// <summary>Of times: the median, and the worst, since that is what a promise has to hold against.</summary>
    internal static void Times(string name, IReadOnlyCollection<double> seconds)
    {
        Print($"{name}.median", Median(seconds), "s");
        Print($"{name}.max", seconds.Max(), "s");
    }

    /// <summary>Of rates: the median and the best.</summary>
    internal static void Rates(string name, IReadOnlyCollection<double> perSecond)
    {
        Print($"{name}.median", Median(perSecond), "msg/s");
        Print($"{name}.best", perSecond.Max(), "msg/s");
    }

    internal static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
