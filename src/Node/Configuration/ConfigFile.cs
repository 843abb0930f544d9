using Akka.Configuration;

namespace ActorScheduler.Node.Configuration;

/// <summary>The file of <c>--config</c>.</summary>
internal static class ConfigFile
{
    /// <exception cref="AschedException">It cannot be read, or is no HOCON.</exception>
    internal static ConfigLayer Read(string file)
    {
        try
        {
            return new ConfigLayer(file, ConfigurationFactory.ParseString(File.ReadAllText(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AschedException(ExitCode.Usage, $"--config: {e.Message}", e);
        }
        catch (Exception e) when (e is ConfigurationException or FormatException)
        {
            throw new AschedException(ExitCode.Usage, $"--config {file}: {e.Message}", e);
        }
    }
}
