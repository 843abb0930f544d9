namespace ActorScheduler.Cli.Operators;

/// <summary>How wide the columns of a table are, as pure decisions. Ids and states are on the left and are never broken or cut.</summary>
internal static class TableLayout
{
    /// <summary>Characters between columns.</summary>
    internal const int Gap = 2;

    /// <summary>Fewer characters of a text say nothing.</summary>
    private const int Least = 10;

    /// <summary>Width of each column for a terminal; 0 for a column that is left out.</summary>
    /// <param name="names">Widths of the columns' names.</param>
    /// <param name="cells">Widest cell of each column; 0 where none says anything.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="isExact">Whether no line may be longer than that, as where it is painted over; otherwise the terminal goes on in a next line.</param>
    internal static int[] Fit(IReadOnlyList<int> names, IReadOnlyList<int> cells, int width, bool isExact)
    {
        int[] fitted = [.. names.Select((name, column) => cells[column] == 0 ? 0 : Math.Max(name, cells[column]))];
        int last = Array.FindLastIndex(fitted, static wanted => wanted > 0);
        int used = 0;
        for (int column = 0; column <= last; column++)
        {
            if (fitted[column] == 0)
                continue;
            int left = width - used;
            if (fitted[column] > left && (isExact || column == last))
                fitted[column] = left >= Least ? left : isExact ? 0 : Math.Max(names[column], Math.Min(fitted[column], Least));
            used += fitted[column] == 0 ? width : fitted[column] + Gap;
        }
        return fitted;
    }

    /// <summary>A text that is cut to a width.</summary>
    internal static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), "…");
}
