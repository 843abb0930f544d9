namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>What an artifact is packed as; its name says.</summary>
internal enum Archive
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>.tar</c>.</summary>
    Tar,

    /// <summary><c>.tar.gz</c>, <c>.tgz</c>.</summary>
    TarGzip,

    /// <summary><c>.tar.bz2</c>, <c>.tbz2</c>, <c>.tbz</c>.</summary>
    TarBzip,

    /// <summary><c>.tar.xz</c>, <c>.txz</c>.</summary>
    TarXz,

    /// <summary><c>.zip</c>.</summary>
    Zip,

    /// <summary><c>.gz</c>: one file.</summary>
    Gzip,
}

/// <summary>Names of archives.</summary>
internal static class Archives
{
    private static readonly (string Suffix, Archive Kind)[] Suffixes =
    [
        (".tar", Archive.Tar), (".tar.gz", Archive.TarGzip), (".tgz", Archive.TarGzip), (".tar.bz2", Archive.TarBzip), (".tbz2", Archive.TarBzip),
        (".tbz", Archive.TarBzip), (".tar.xz", Archive.TarXz), (".txz", Archive.TarXz), (".zip", Archive.Zip), (".gz", Archive.Gzip),
    ];

    /// <summary>The kind that a name says.</summary>
    public static Archive Of(string name) => Suffixes.FirstOrDefault(kind => name.EndsWith(kind.Suffix, StringComparison.OrdinalIgnoreCase)).Kind;
}
