using System.Globalization;
using System.Text;

namespace ActorScheduler.Cli.Operators;

/// <summary>
/// Texts of others as they may reach a terminal. Names of files, labels and messages come from tasks and frameworks; an escape
/// sequence in one would paint over what an operator reads, or make the terminal answer as if somebody had typed.
/// </summary>
internal static class Printable
{
    /// <summary>A text of one line: what a terminal would obey is written out, as <c>\x1b</c>.</summary>
    public static string Line(string text) => Of(text, mayBreak: false);

    /// <summary>The same with its lines and tabs.</summary>
    public static string Lines(string text) => Of(text, mayBreak: true);

    private static string Of(string text, bool mayBreak)
    {
        if (!text.Any(sign => IsObeyed(sign, mayBreak)))
            return text;
        var plain = new StringBuilder(text.Length + 16);
        foreach (char sign in text)
        {
            if (!IsObeyed(sign, mayBreak))
                plain.Append(sign);
            else if (sign <= 0xff)
                plain.Append(CultureInfo.InvariantCulture, $"\\x{(int)sign:x2}");
            else
                plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}");
        }
        return plain.ToString();
    }

    /// <summary>Controls, of the second half too, and what turns the direction of writing or breaks lines.</summary>
    private static bool IsObeyed(char sign, bool mayBreak) => sign is '\n' or '\t'
        ? !mayBreak
        : char.IsControl(sign) || sign is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
