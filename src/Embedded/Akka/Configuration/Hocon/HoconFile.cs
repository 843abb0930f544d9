namespace Akka.Configuration.Hocon;

/// <summary>Reads texts and files whose includes name other files.</summary>
internal static class HoconFile
{
    public static HoconRoot ParseText(string text, string? source = null) =>
        Read(text, source, HoconIncludes.FromFolder(AppContext.BaseDirectory));

    public static HoconRoot ParseFile(string file) =>
        Read(File.ReadAllText(file), file, HoconIncludes.FromFolder(Path.GetDirectoryName(Path.GetFullPath(file))!));

    public static HoconRoot Read(string text, string? source, HoconIncludes includes)
    {
        ArgumentNullException.ThrowIfNull(text);
        var substitutions = new List<HoconSubstitution>();
        var root = new HoconDocument(new HoconReader(text, source), includes, substitutions, []).ReadRoot();
        SubstitutionResolver.Resolve(root);
        return new HoconRoot(root, substitutions);
    }
}
