using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Reads quoted strings, with escapes, and triple-quoted ones, without.</summary>
internal static class HoconStrings
{
    private const string TripleQuote = "\"\"\"";

    /// <summary>Reads the string that begins with the quote at which the reader stands.</summary>
    public static string ReadQuoted(HoconReader reader) =>
        reader.Matches(TripleQuote) ? ReadTripleQuoted(reader) : ReadEscaped(reader);

    private static string ReadTripleQuoted(HoconReader reader)
    {
        var start = reader.Position;
        reader.Skip(TripleQuote.Length);
        var text = reader.TakeThrough(TripleQuote)
            ?? throw reader.Error("this triple-quoted string has no closing \"\"\"", start);

        // Of more than three closing quotes the last three close; the ones before belong to the string.
        while (reader.Current == '"')
        {
            text += reader.Take();
        }

        return text;
    }

    private static string ReadEscaped(HoconReader reader)
    {
        var start = reader.Position;
        reader.Skip(1);
        var text = new StringBuilder();
        while (!reader.AtEnd)
        {
            var c = reader.Take();
            if (c == '"')
            {
                return text.ToString();
            }

            text.Append(c == '\\' ? ReadEscape(reader) : c);
        }

        throw reader.Error("this quoted string has no closing quote", start);
    }

    private static char ReadEscape(HoconReader reader)
    {
        var start = reader.Position - 1;
        switch (reader.Take())
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                var digits = reader.Position;
                reader.Skip(4);
                if (!reader.AtEnd && ushort.TryParse(
                        reader.TextFrom(digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                {
                    return (char)code;
                }

                throw reader.Error("\\u is followed by four hexadecimal digits", start);
            default:
                throw reader.Error(
                    "unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX, and a triple-quoted string takes text as it is",
                    start);
        }
    }
}
