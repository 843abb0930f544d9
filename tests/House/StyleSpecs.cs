using System.Text.RegularExpressions;

namespace ActorScheduler.House.Specs;

/// <summary>The house's habits, as far as they can be counted.</summary>
public sealed partial class StyleSpecs
{
    private const int LongestFile = 450;

    [Fact]
    public void Files_are_small()
    {
        var sizes = Repository.Sources("src").Select(file => (file.Path, Length: file.Lines.Length)).OrderBy(f => f.Length).ToList();

        Expect.Nothing(sizes.Where(file => file.Length > LongestFile).Select(file => $"{file.Path}: {file.Length} lines"));
        Assert.True(sizes[sizes.Count / 2].Length <= 80, $"Half of the files are longer than {sizes[sizes.Count / 2].Length} lines");
        Assert.True(sizes[sizes.Count * 9 / 10].Length <= 250, $"A tenth of the files are longer than {sizes[sizes.Count * 9 / 10].Length} lines");
    }

    [Fact]
    public void No_work_is_left_unfinished_without_a_word() => Expect.Nothing(Lines(Unfinished(), "src", "tests"));

    [Fact]
    public void Nothing_sleeps_and_nobody_looks_at_the_wall_clock() => Expect.Nothing(Lines(SleepsOrLooksAtTheClock(), "src", "tests"));

    [Fact]
    public void No_thread_is_blocked() => Expect.Nothing(Lines(Blocks(), "src"));

    [Fact]
    public void No_test_is_skipped() => Expect.Nothing(Lines(Skips(), "tests"));

    [Fact]
    public void Every_public_type_says_what_it_is() => Expect.Nothing(
        from file in Repository.Sources("src")
        from line in file.Code
        where PublicType().IsMatch(line.Text) && !HasSummary(file, line.Number)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void Every_project_of_the_product_has_a_page_about_itself() => Expect.Nothing(
        Repository.Projects("src")
            .Select(project => Path.Combine(Path.GetDirectoryName(project)!, "README.md"))
            .Where(readme => !File.Exists(readme)));

    private static IEnumerable<string> Lines(Regex forbidden, params string[] folders) =>
        from file in Repository.Sources(folders)
        where !file.Path.StartsWith("tests/House", StringComparison.Ordinal)
        from line in file.Code
        where forbidden.IsMatch(line.Text)
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}";

    private static bool HasSummary(SourceFile file, int number)
    {
        for (var i = number - 2; i >= 0; i--)
        {
            var text = file.Lines[i].Trim();
            if (text.StartsWith("///", StringComparison.Ordinal)) return true;
            if (!text.StartsWith('[') && !text.StartsWith('#')) return IsOtherPart(file);
        }

        return false;
    }

    /// <summary>Of a partial type, one file says what it is.</summary>
    private static bool IsOtherPart(SourceFile file) => file.Lines.Any(line => line.Contains("partial ", StringComparison.Ordinal));

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep|DateTime\.(Utc)?Now\b|DateTimeOffset\.(Utc)?Now\b|\basync void\b")]
    private static partial Regex SleepsOrLooksAtTheClock();

    [GeneratedRegex(@"\.Wait\(|GetAwaiter\(\)\.GetResult\(\)")]
    private static partial Regex Blocks();

    // A condition may skip (no engine, no database); a fixed skip is a test that never runs.
    [GeneratedRegex(@"\[\w*(Fact|Theory)\(.*Skip\s*=")]
    private static partial Regex Skips();

    [GeneratedRegex(@"^\s{0,8}public (sealed |abstract |static |readonly |partial |ref )*(class|struct|interface|enum|record|delegate)\b")]
    private static partial Regex PublicType();
}
