using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes a tree as HOCON that can be read again: one key a line, two blanks a level, quotes where they are needed.</summary>
internal static class HoconWriter
{
    /// <summary>The text of a value; an object is written as its members, without braces.</summary>
    public static string Write(HoconValue value)
    {
        var text = new StringBuilder();
        if (value.GetObject() is { } root)
        {
            WriteMembers(text, root, 0);
        }
        else
        {
            WriteValue(text, value, 0);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void WriteMembers(StringBuilder text, HoconObject members, int depth)
    {
        foreach (var (key, value) in members.Items)
        {
            text.Append(' ', depth * 2).Append(HoconPath.QuotedIfNeeded(key)).Append(value.IsObject() ? " " : " : ");
            WriteValue(text, value, depth);
            text.Append('\n');
        }
    }

    private static void WriteValue(StringBuilder text, HoconValue value, int depth)
    {
        if (value.GetObject() is { } members)
        {
            text.Append("{\n");
            WriteMembers(text, members, depth + 1);
            text.Append(' ', depth * 2).Append('}');
        }
        else if (value.IsArray())
        {
            text.Append('[');
            var separator = "";
            foreach (var element in value.GetArray())
            {
                text.Append(separator);
                WriteValue(text, element, depth + 1);
                separator = ", ";
            }

            text.Append(']');
        }
        else
        {
            text.Append(WriteText(value.GetString()));
        }
    }

    private static string WriteText(string? text) => text switch
    {
        null => "null",
        "null" or "" => HoconPath.Quoted(text),
        _ when text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') => text,
        _ => HoconPath.Quoted(text),
    };
}
