using System.Reflection;

namespace ActorScheduler.House.Specs;

/// <summary>The files of this repository, as the house's rules look at them.</summary>
internal static class Repository
{
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    internal static IEnumerable<SourceFile> Sources(params string[] folders) => folders
        .Select(folder => Path.Combine(Root, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !IsGenerated(file))
        .Select(file => new SourceFile(Path.GetRelativePath(Root, file), File.ReadAllLines(file)));

    internal static IEnumerable<string> Projects(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories).Where(file => !IsGenerated(file));

    private static bool IsGenerated(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");
}

/// <summary>A source file by its path from the root.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>Lines that hold code, with their numbers from 1.</summary>
    internal IEnumerable<(int Number, string Text)> Code => Lines
        .Select((text, index) => (index + 1, text))
        .Where(line => !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal));
}
