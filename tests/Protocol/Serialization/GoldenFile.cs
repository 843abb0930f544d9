using System.Reflection;

namespace ActorScheduler.Protocol.Specs.Serialization;

/// <summary>
/// Lines that say what stands on the wire and in journals. Of several lines with one name the last says what is written today; the
/// earlier ones are what was written once and must be read for ever. ACTORSCHEDULER_WRITE_GOLDEN=1 adds lines for what has changed.
/// </summary>
internal sealed class GoldenFile(string path)
{
    private readonly string _path = Path.Combine(
        typeof(GoldenFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RepositoryRoot").Value!, path);

    public IReadOnlyList<(string Name, string Text)> Lines => File.Exists(_path)
        ? [.. File.ReadAllLines(_path).Select(static line => line.Split(' ', 2)).Select(static parts => (parts[0], parts.Length > 1 ? parts[1] : ""))]
        : [];

    /// <summary>Compares the last line of each name with what is so now, both ways.</summary>
    public void Expect(IReadOnlyList<(string Name, string Text)> now)
    {
        if (Environment.GetEnvironmentVariable("ACTORSCHEDULER_WRITE_GOLDEN") == "1")
            Add(now);
        ILookup<string, string> lines = Lines.ToLookup(static line => line.Name, static line => line.Text);
        string[] breaches =
        [
            .. now.Where(line => lines[line.Name].LastOrDefault() != line.Text).Select(line => $"{line.Name} is {line.Text} and was {lines[line.Name].LastOrDefault() ?? "not there"}"),
            .. lines.Select(static line => line.Key).Except(now.Select(static line => line.Name)).Select(static name => $"{name} is not there any more"),
        ];
        Assert.True(breaches.Length == 0, $"{_path}:{Environment.NewLine}{string.Join(Environment.NewLine, breaches)}");
    }

    private void Add(IReadOnlyList<(string Name, string Text)> now)
    {
        List<(string Name, string Text)> lines = [.. Lines];
        foreach ((string Name, string Text) line in now)
        {
            int last = lines.FindLastIndex(old => old.Name == line.Name);
            if (last < 0)
                lines.Add(line);
            else if (lines[last].Text != line.Text)
                lines.Insert(last + 1, line);
        }
        File.WriteAllLines(_path, lines.Select(static line => line.Text.Length > 0 ? $"{line.Name} {line.Text}" : line.Name));
    }
}
