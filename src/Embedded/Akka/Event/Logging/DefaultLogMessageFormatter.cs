using System.Globalization;
using System.Text;

namespace Akka.Event;

/// <summary>
/// Takes templates with numbered places, {0}, and with named ones, {TaskId}, which get the values in order. A template
/// that does not fit its values is written as it is with the values behind it: a log must not throw.
/// </summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    public string Format(string format, params object[] args)
    {
        if (args.Length == 0) return format;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, Numbered(format), args);
        }
        catch (FormatException)
        {
            return $"{format} [{string.Join(", ", args)}]";
        }
    }

    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());

    /// <summary>The template with numbers in place of names.</summary>
    private static string Numbered(string format)
    {
        if (!HasNames(format)) return format;
        var text = new StringBuilder(format.Length);
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            text.Append(format[i]);
            if (format[i] is '{' or '}' && i + 1 < format.Length && format[i + 1] == format[i])
            {
                text.Append(format[++i]);
            }
            else if (format[i] == '{')
            {
                var end = i + 1;
                while (end < format.Length && format[end] is not (':' or ',' or '}')) end++;
                text.Append(next++);
                i = end - 1;
            }
        }

        return text.ToString();
    }

    private static bool HasNames(string format)
    {
        for (var i = 0; i + 1 < format.Length; i++)
        {
            if (format[i] != '{') continue;
            if (format[i + 1] == '{') i++;
            else if (char.IsLetter(format[i + 1]) || format[i + 1] is '@' or '$' or '_') return true;
        }

        return false;
    }
}
