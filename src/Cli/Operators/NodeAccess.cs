using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Operators;

/// <summary>How a command gets to nodes.</summary>
/// <param name="Nodes">Their HTTP addresses between commas: <c>host:port</c>, or a URL of http or https.</param>
/// <param name="Token">What lets it in; null for nothing.</param>
/// <param name="Authorities">Who signs the certificates of HTTPS; null for those that the system knows.</param>
internal sealed record NodeAccess(string Nodes, string? Token, X509Certificate2Collection? Authorities)
{
    private const int MostOfToken = 64 * 1024;

    /// <summary>Reads what a command line and its environment say.</summary>
    /// <param name="nodes">The addresses.</param>
    /// <param name="tokenFile">A file with the token; null for that of <paramref name="token"/>.</param>
    /// <param name="token">The token itself, or null.</param>
    /// <param name="authoritiesFile">A file of certificates, PEM; null for those that the system knows.</param>
    /// <exception cref="AschedException">A file cannot be read or is not what it should be.</exception>
    internal static NodeAccess Read(string nodes, string? tokenFile, string? token, string? authoritiesFile)
    {
        string? known = string.IsNullOrEmpty(tokenFile) ? token : Read("--token-file", tokenFile, static file => SmallFile.Read(file, MostOfToken)).Trim();
        if (known?.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) == true)
            throw new AschedException(ExitCode.Usage, "--token-file: must hold one token, and nothing else");
        return new NodeAccess(nodes, string.IsNullOrEmpty(known) ? null : known, string.IsNullOrEmpty(authoritiesFile) ? null : Read("--ca-file", authoritiesFile, static file =>
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new CryptographicException("no certificate stands in it");
        }));
    }

    private static T Read<T>(string flag, string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new AschedException(ExitCode.Usage, $"{flag}: {file}: {e.Message}", e);
        }
    }
}
