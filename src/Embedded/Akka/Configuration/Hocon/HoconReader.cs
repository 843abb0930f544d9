namespace Akka.Configuration.Hocon;

/// <summary>A position in a text: looks ahead, moves on, and says line and column of what is wrong.</summary>
internal sealed class HoconReader
{
    // What HOCON reserves. A plus sign is free in values, so that names of nested CLR types need no quotes.
    private const string NotUnquoted = "$\"{}[]:=,#`^?!@*&\\";

    private readonly string _text;
    private readonly string? _source;

    /// <summary>Reads <paramref name="text" />, called <paramref name="source" /> in errors.</summary>
    public HoconReader(string text, string? source)
    {
        _text = text.StartsWith('\uFEFF') ? text[1..] : text;
        _source = source;
    }

    public int Position { get; private set; }

    public bool AtEnd => Position >= _text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Current => Position < _text.Length ? _text[Position] : '\0';

    public bool AtComment => Current == '#' || Matches("//");

    public bool AtBlank => !AtEnd && Current != '\n' && (char.IsWhiteSpace(Current) || Current == '\uFEFF');

    /// <summary>Whether an unquoted string can go on here.</summary>
    public bool AtUnquoted => !AtEnd && !char.IsWhiteSpace(Current) && !NotUnquoted.Contains(Current) && !Matches("//");

    public bool Matches(string expected) => string.CompareOrdinal(_text, Position, expected, 0, expected.Length) == 0;

    public char CharAt(int offset) => Position + offset < _text.Length ? _text[Position + offset] : '\0';

    public char Take()
    {
        var taken = Current;
        Position++;
        return taken;
    }

    public void Skip(int count) => Position += count;

    public string TextFrom(int start) => _text[start..Position];

    /// <summary>Takes what is up to <paramref name="end" />, and <paramref name="end" /> itself; null when it never comes.</summary>
    public string? TakeThrough(string end)
    {
        var at = _text.IndexOf(end, Position, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var taken = _text[Position..at];
        Position = at + end.Length;
        return taken;
    }

    /// <summary>Takes spaces and tabs, not line ends.</summary>
    public string TakeBlanks()
    {
        var start = Position;
        while (AtBlank)
        {
            Position++;
        }

        return start == Position ? string.Empty : TextFrom(start);
    }

    /// <summary>Takes a comment up to the end of its line, which stays.</summary>
    public void SkipComment()
    {
        while (!AtEnd && Current != '\n')
        {
            Position++;
        }
    }

    /// <summary>Takes white space, line ends and comments; and commas if asked to.</summary>
    public void SkipAllBlank(bool andCommas = false)
    {
        while (!AtEnd)
        {
            if (AtComment)
            {
                SkipComment();
            }
            else if (AtBlank || Current == '\n' || (andCommas && Current == ','))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Where a position is, for people.</summary>
    public string Place(int position)
    {
        position = Math.Min(position, _text.Length);
        var before = _text.AsSpan(0, position);
        var line = before.Count('\n') + 1;
        var column = position - (before.LastIndexOf('\n') + 1) + 1;
        return $"{(_source is null ? "" : _source + ", ")}line {line}, column {column}";
    }

    /// <summary>The error that <paramref name="problem" /> makes at <paramref name="position" />, or here.</summary>
    public ConfigurationException Error(string problem, int? position = null)
    {
        var at = Math.Min(position ?? Position, _text.Length);
        var start = at == 0 ? 0 : _text.LastIndexOf('\n', at - 1) + 1;
        var end = _text.IndexOf('\n', at);
        var line = _text[start..(end < 0 ? _text.Length : end)].Trim();
        return new ConfigurationException($"HOCON error at {Place(at)}: {problem}. The line reads: {line}");
    }

    /// <summary>Names what is here, for errors.</summary>
    public string Found() => AtEnd ? "the end of the text" : Current == '\n' ? "the end of the line" : $"'{Current}'";
}
