using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Paths such as <c>akka.actor."/user/a.b".router</c>: segments between dots, quoted where they have dots themselves.</summary>
internal static class HoconPath
{
    /// <summary>Walks the segments of a path without allocating.</summary>
    public static SegmentEnumerator Segments(ReadOnlySpan<char> path) => new(path);

    public static List<string> Split(string path)
    {
        var segments = new List<string>();
        foreach (var segment in Segments(path))
        {
            segments.Add(segment.ToString());
        }

        return segments;
    }

    /// <summary>A key as HOCON can read it: quoted when it has any character that an unquoted key may not have.</summary>
    public static string QuotedIfNeeded(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return Quoted(key);
            }
        }

        return key is "" or "include" ? Quoted(key) : key;
    }

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append($"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    internal ref struct SegmentEnumerator(ReadOnlySpan<char> path)
    {
        private ReadOnlySpan<char> _rest = path;
        private bool _done = path.IsEmpty;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly SegmentEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_done)
            {
                return false;
            }

            if (_rest.StartsWith('"') && _rest[1..].IndexOf('"') is >= 0 and var length
                && (length + 2 == _rest.Length || _rest[length + 2] == '.'))
            {
                Current = _rest.Slice(1, length);
                Advance(length + 2);
                return true;
            }

            var dot = _rest.IndexOf('.');
            Current = dot < 0 ? _rest : _rest[..dot];
            Advance(Current.Length);
            return true;
        }

        private void Advance(int length)
        {
            _done = length >= _rest.Length;
            _rest = _done ? default : _rest[(length + 1)..];
        }
    }
}
