using ActorScheduler.Protocol;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorScheduler.Node.Configuration;

/// <summary>The file of <c>--config</c>, with those that it includes.</summary>
internal static class ConfigFile
{
    /// <summary>Files that include each other end here.</summary>
    private const int MostDepth = 10;

    private const int MostBytes = 4 * 1024 * 1024;

    /// <exception cref="AschedException">It cannot be read, or is no HOCON.</exception>
    internal static ConfigLayer Read(string file) => new(file, new Config(Parse(file, depth: 0)));

    private static HoconRoot Parse(string file, int depth)
    {
        if (depth > MostDepth)
            throw new AschedException(ExitCode.Usage, $"--config {file}: is included by what it includes");
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            return Parser.Parse(SmallFile.Read(file, MostBytes), included => Parse(Path.Combine(folder, included), depth + 1));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AschedException(ExitCode.Usage, $"--config: {e.Message}", e);
        }
        // The parser has many ways to say that it does not understand a text.
        catch (Exception e) when (e is ConfigurationException or FormatException or ArgumentException or InvalidOperationException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new AschedException(ExitCode.Usage, $"--config {file}: {e.Message}", e);
        }
    }
}
