namespace Akka.Util;

/// <summary>Matches text against patterns in which * is any run of characters and ? any one character.</summary>
public static class WildcardMatch
{
    /// <summary>Whether the whole of <paramref name="text" /> matches <paramref name="pattern" />.</summary>
    public static bool Like(this string text, string pattern, bool caseSensitive = false)
    {
        int t = 0, p = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(text[t], pattern[p], caseSensitive)))
            {
                t++;
                p++;
            }
            else if (star >= 0)
            {
                // Let the last star take one character more and try the rest of the pattern again.
                p = star + 1;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool Same(char a, char b, bool caseSensitive) =>
        a == b || (!caseSensitive && char.ToUpperInvariant(a) == char.ToUpperInvariant(b));
}
