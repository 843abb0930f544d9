namespace Akka.Util;

/// <summary>Formats what may not want to be formatted.</summary>
public static class StringFormat
{
    /// <summary>Joins arguments; one that throws in ToString is shown as the exception instead.</summary>
    public static string SafeJoin(string separator, params object[] args) =>
        string.Join(separator, (args ?? []).Select(Safe));

    private static string? Safe(object? argument)
    {
        try
        {
            return argument?.ToString();
        }
        catch (Exception e)
        {
            return $"<{argument!.GetType()}.ToString() threw {e.GetType()}: {e.Message}>";
        }
    }
}
