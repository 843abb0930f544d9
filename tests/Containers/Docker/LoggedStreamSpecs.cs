using System.Globalization;
using System.Text;
using ActorScheduler.Containers.Docker.Logs;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>Where the engine's log, the sandbox's file and an attachment overlap.</summary>
public sealed class LoggedStreamSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Whatever_lines_there_are_each_place_is_found_though_the_clock_is_a_little_wrong(int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 200; trial++)
        {
            // Lines of random bytes, a millisecond apart and some seconds in all; few bytes differ, so that parts look alike.
            byte[][] lines = [.. Enumerable.Range(0, random.Next(1, 300)).Select(_ => Line(random))];
            int[] ends = [.. lines.Select((_, i) => lines[..(i + 1)].Sum(static line => line.Length))];
            byte[] all = [.. lines.SelectMany(static line => line)];
            // The log has lost its beginning, not beyond where the file ends.
            int written = random.Next(lines.Length + 1);
            int first = random.Next(2) == 0 ? 0 : random.Next(written + 1);
            if (first == written && written > 0)
                first--;
            int end = written == 0 ? 0 : ends[written - 1];
            int begin = first == 0 ? 0 : ends[first - 1];
            var log = new LoggedStream();
            for (int i = first; i < lines.Length; i++)
                log.Add(At(i), lines[i]);
            ReadOnlySpan<byte> tail = all.AsSpan(Math.Max(0, end - LoggedStream.NeedleBytes)..end);
            var position = LogPosition.Until(Start.AddMilliseconds(written - 0.5), end);

            Assert.Equal(end - begin, log.After(tail, position, end));

            int attached = random.Next(written, lines.Length + 1);
            int from = attached == 0 ? 0 : ends[attached - 1];
            ReadOnlySpan<byte> ahead = all.AsSpan(from..random.Next(from, all.Length + 1));
            Assert.Equal(ahead.Length == 0 || ahead.IndexOf((byte)'\n') < 0 ? all.Length - begin : from - begin, log.Of(ahead, LogPosition.Until(Start.AddMilliseconds(attached - 0.5), 0).At, end - begin));
        }
    }

    [Fact]
    public void The_same_line_again_and_again_is_told_apart_by_its_time()
    {
        var log = new LoggedStream();
        for (int i = 0; i < 100; i++)
            log.Add(At(i * 1000), "tick\n"u8);

        Assert.Equal(40 * 5, log.After(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("tick\n", 40))), LogPosition.Until(Start.AddSeconds(39.5), 200), 200));
        Assert.Equal(60 * 5, log.Of("tick\ntick\n"u8, LogPosition.Until(Start.AddSeconds(59.5), 0).At, 200));
    }

    [Fact]
    public void What_the_log_has_not_kept_is_a_gap()
    {
        var log = new LoggedStream();
        log.Add(At(50), "5 later\n"u8);

        Assert.Null(log.After("1 line\n2 line\n5"u8, LogPosition.Until(Start.AddMilliseconds(10), 15), 15));
    }

    [Fact]
    public void A_log_that_is_behind_the_attachment_is_waited_for()
    {
        var log = new LoggedStream();
        log.Add(At(1), "one\n"u8);

        Assert.Null(log.Of("two\nthree\n"u8, LogPosition.Until(Start.AddMilliseconds(1.5), 0).At, 0));
        Assert.Equal(4, log.Of("a line without an end is not in it"u8, LogPosition.Until(Start.AddMilliseconds(1.5), 0).At, 0));
    }

    [Fact]
    public void A_position_that_was_read_from_the_log_is_exact_also_among_entries_of_one_time()
    {
        var log = new LoggedStream();
        foreach ((int at, string text) in new[] { (1, "a\n"), (2, "b\n"), (2, "b\n"), (2, "b\n"), (3, "c\n") })
            log.Add(At(at), Encoding.ASCII.GetBytes(text));

        Assert.Equal(6, log.After(new LogPosition(At(2), 2, 6)));
        Assert.Equal(new LogPosition(At(2), 2, 6), LogPosition.Parse($"{At(2)} 2 6"));
        var byClock = LogPosition.Until(Start, 7);
        Assert.Equal(byClock, LogPosition.Parse($"{byClock}"));
    }

    private static byte[] Line(Random random)
    {
        byte[] line = new byte[random.Next(4, 40)];
        random.NextBytes(line);
        for (int i = 0; i < line.Length; i++)
            line[i] = (byte)('a' + (line[i] % 6));
        line[^1] = (byte)'\n';
        return line;
    }

    private static string At(int milliseconds) => Start.AddMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
