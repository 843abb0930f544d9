using System.Globalization;
using System.Text;

namespace ActorScheduler.Benchmarks.Allocation;

/// <summary>Draws time against number of agents on logarithmic scales as an SVG, and writes all figures as CSV.</summary>
internal static class Plot
{
    private const int Width = 760, Height = 460, Left = 80, Bottom = 60, Top = 40, Right = 230;

    private static readonly string[] Colors = ["#1f6feb", "#d9480f", "#2b8a3e", "#862e9c", "#c2255c", "#495057"];

    public static void Write(string directory, IReadOnlyList<(string Metric, double Value, string Unit)> figures)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllLines(
            Path.Combine(directory, "allocation.csv"),
            figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Metric},{f.Value},{f.Unit}")).Prepend("metric,value,unit"));
        var series = new (string Name, string Suffix)[]
        {
            ("one round, all agents offered", ".round.median"), ("one agent added, p50", ".agent-added.p50"), ("one task freed, p50", ".task-freed.p50"),
        };
        List<(string Name, List<(double X, double Y)> Points)> lines =
        [
            .. series.Select(s => (s.Name, figures.Where(f => f.Metric.EndsWith(s.Suffix, StringComparison.Ordinal)).Select(f =>
                (Agents(f.Metric), f.Unit == "ms" ? f.Value / 1000 : f.Value)).Where(p => p.Item1 > 0).OrderBy(p => p.Item1).ToList())),
        ];
        lines.RemoveAll(line => line.Points.Count < 2);
        if (lines.Count > 0)
            File.WriteAllText(Path.Combine(directory, "allocation.svg"), Draw(lines));
    }

    private static double Agents(string metric)
    {
        string size = metric.Split('.').FirstOrDefault(part => part.Contains('x', StringComparison.Ordinal) && char.IsDigit(part[0])) ?? "0x0";
        return double.Parse(size[..size.IndexOf('x', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    private static string Draw(List<(string Name, List<(double X, double Y)> Points)> lines)
    {
        double minX = lines.Min(l => l.Points.Min(p => p.X)), maxX = lines.Max(l => l.Points.Max(p => p.X));
        double low = Math.Floor(Math.Log10(lines.Min(l => l.Points.Min(p => p.Y)))), high = Math.Ceiling(Math.Log10(lines.Max(l => l.Points.Max(p => p.Y))));
        double X(double x) => Left + (Width - Left - Right) * (Math.Log10(x) - Math.Log10(minX)) / (Math.Log10(maxX) - Math.Log10(minX));
        double Y(double y) => Height - Bottom - (Height - Bottom - Top) * (Math.Log10(y) - low) / (high - low);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"22\" font-size=\"15\">Allocation: cost against cluster size</text>\n");
        for (double exponent = low; exponent <= high; exponent++)
        {
            double y = Y(Math.Pow(10, exponent));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{Time(exponent)}</text>\n");
        }
        foreach (double x in lines.SelectMany(l => l.Points.Select(p => p.X)).Distinct().Order())
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x):0.0}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{x / 1000:0}k</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 15}\" text-anchor=\"middle\">agents (with 50 to 6,000 frameworks)</text>\n");
        for (int i = 0; i < lines.Count; i++)
        {
            string points = string.Join(' ', lines[i].Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):0.0},{Y(p.Y):0.0}")));
            (double lastX, double lastY) = lines[i].Points[^1];
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colors[i]}\" stroke-width=\"2\"/><text x=\"{X(lastX) + 8:0.0}\" y=\"{Y(lastY) + 4:0.0}\" fill=\"{Colors[i]}\">{lines[i].Name}</text>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Time(double exponent) => exponent switch
    {
        >= 0 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, exponent):0} s"),
        >= -3 => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, exponent + 3):0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, exponent + 6):0.###} us"),
    };
}
