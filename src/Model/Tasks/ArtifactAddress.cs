namespace ActorScheduler.Model;

/// <summary>Addresses of artifacts as people may see them.</summary>
public static class ArtifactAddress
{
    private const string Hidden = "***";

    /// <summary>
    /// An address without what opens it: user and password before the host, and the query, which is where signed addresses keep
    /// their signature. Statuses, logs and errors show addresses to more people than may fetch from them.
    /// </summary>
    /// <param name="uri">The address, well-formed or not.</param>
    public static string Show(string uri)
    {
        int begin = uri.IndexOf("://", StringComparison.Ordinal);
        if (begin < 0)
            return uri;
        begin += 3;
        // What cannot be read as an address may have its password anywhere before the last sign of one.
        int end = Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) ? EndOfAuthority(uri, begin) : uri.Length;
        int at = uri.LastIndexOf('@', end - 1, end - begin);
        string shown = at < 0 ? uri : $"{uri[..begin]}{Hidden}{uri[at..]}";
        int query = parsed is { IsFile: true } ? -1 : shown.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? shown : $"{shown[..(query + 1)]}{Hidden}";
    }

    private static int EndOfAuthority(string uri, int begin) => uri.IndexOfAny(['/', '?', '#', '\\'], begin) is var end and >= 0 ? end : uri.Length;
}
