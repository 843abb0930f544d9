using ActorScheduler.Cli.Operators;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class TableLayoutSpecs
{
    // ID 20, NAME nothing, STATE 8, COMMAND 60.
    private static readonly int[] Names = [2, 4, 5, 7], Cells = [20, 0, 8, 60];

    [Theory]
    [InlineData(200, false, 20, 0, 8, 60)]
    [InlineData(80, false, 20, 0, 8, 48)]
    [InlineData(30, false, 20, 0, 8, 10)]
    [InlineData(10, false, 20, 0, 8, 10)]
    [InlineData(80, true, 20, 0, 8, 48)]
    [InlineData(35, true, 20, 0, 8, 0)]
    [InlineData(25, true, 20, 0, 0, 0)]
    public void Columns_that_say_nothing_go_and_the_last_is_cut_and_ids_never_are(int width, bool isExact, params int[] fitted) =>
        Assert.Equal(fitted, TableLayout.Fit(Names, Cells, width, isExact));

    [Fact]
    public void No_line_that_is_painted_over_is_longer_than_the_terminal()
    {
        var random = new Random(1);
        for (int round = 0; round < 1000; round++)
        {
            int columns = random.Next(1, 9), width = random.Next(10, 200);
            int[] names = [.. Enumerable.Range(0, columns).Select(_ => random.Next(1, 12))], cells = [.. names.Select(_ => random.Next(0, 80))];

            int[] shown = [.. TableLayout.Fit(names, cells, width, isExact: true).Where(static fitted => fitted > 0)];

            Assert.True(shown.Sum() + (TableLayout.Gap * Math.Max(0, shown.Length - 1)) <= width, $"{string.Join(',', cells)} in {width}: {string.Join(',', shown)}");
        }
    }

    [Theory]
    [InlineData("sleep 1000", 10, "sleep 1000")]
    [InlineData("sleep 10000", 10, "sleep 100…")]
    public void A_text_that_is_cut_says_so(string text, int width, string cut) => Assert.Equal(cut, TableLayout.Cut(text, width));
}
