namespace Akka.Configuration.Hocon;

/// <summary>Reads HOCON text to its tree.</summary>
public class Parser
{
    /// <summary>Reads <paramref name="text" />; <paramref name="includeCallback" /> answers what each include names.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    /// <exception cref="FormatException">A substitution has no value.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback) =>
        includeCallback is null
            ? HoconFile.ParseText(text)
            : HoconFile.Read(text, null, HoconIncludes.FromCallback(includeCallback));
}
