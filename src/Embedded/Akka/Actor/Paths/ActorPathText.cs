using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Reads path elements from text and checks names.</summary>
internal static class ActorPathText
{
    internal static bool HasValidSymbols(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsAsciiLetterOrDigit(c) || (c != '%' && ActorPath.ValidSymbols.Contains(c))) continue;
            if (c != '%' || i + 2 >= name.Length || !char.IsAsciiHexDigit(name[i + 1]) || !char.IsAsciiHexDigit(name[i + 2])) return false;
            i += 2;
        }

        return true;
    }

    /// <summary>Appends <c>/a/b#uid</c> to a path; empty elements are passed over, as in file names.</summary>
    internal static bool TryAppend(ActorPath path, ReadOnlySpan<char> rest, [NotNullWhen(true)] out ActorPath? result)
    {
        result = null;
        var uid = 0L;
        var hash = rest.LastIndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(rest[(hash + 1)..], out uid)) return false;
            rest = rest[..hash];
        }

        foreach (var range in rest.Split('/'))
            if (!rest[range].IsEmpty)
                path = new ChildActorPath(path, rest[range].ToString(), 0);

        result = uid == 0 ? path : path.WithUid(uid);
        return true;
    }

    /// <summary>Names for actors that were given none: $a, $b, ... in base 64 over path-safe characters.</summary>
    internal static string GeneratedName(long number, string prefix = "$")
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        Span<char> text = stackalloc char[12];
        var length = 0;
        do
        {
            text[length++] = Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return string.Concat(prefix, text[..length]);
    }
}
