using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Cli.Certificates;

namespace ActorScheduler.Cli.Commands;

/// <summary>
/// <c>asched certs</c>: what nodes show each other where they listen beyond loopback. The authority's key signs, and belongs on no node.
/// </summary>
internal static class CertsCommand
{
    private const string AuthorityFile = "authority.pem";
    private const string AuthorityKeyFile = "authority.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static Command Create() => new("certs", "Make certificates for nodes, and for HTTPS.") { Authority(), Node() };

    private static Command Authority()
    {
        Option<string> folder = Folder();
        Option<int> days = Days(3650);
        var name = new Option<string>("--name") { HelpName = "NAME", Description = "What it is called.", DefaultValueFactory = static _ => "ActorScheduler" };
        var command = new Command("authority", $"Make an authority: {AuthorityFile} for all nodes, {AuthorityKeyFile} to keep away from them.") { folder, days, name };
        command.SetAction(parsed =>
        {
            (string certificate, string key) = Issuing.Authority(parsed.GetValue(name)!, TimeSpan.FromDays(parsed.GetValue(days)), TimeProvider.System.GetUtcNow());
            string at = parsed.GetValue(folder)!;
            Write(at, AuthorityKeyFile, key);
            Write(at, AuthorityFile, certificate);
            parsed.InvocationConfiguration.Output.WriteLine(
                $"{Path.Combine(at, AuthorityFile)} goes to all nodes (--tls-authority). {Path.Combine(at, AuthorityKeyFile)} signs: keep it where 'asched certs node' is run, and nowhere else.");
        });
        return command;
    }

    private static Command Node()
    {
        Option<string> folder = Folder();
        Option<int> days = Days(365);
        var name = new Argument<string>("name") { Description = "Whose: the files are called NAME.pem and NAME.key." };
        var hosts = new Option<string[]>("--host") { HelpName = "NAME|ADDRESS", Description = "Where it is reached, for HTTPS; may be given several times. Without it: NAME." };
        var command = new Command("node", "Make the certificate of a node, or of a scheduler that is a peer of nodes.") { name, hosts, folder, days };
        command.SetAction(parsed =>
        {
            (string at, string whose) = (parsed.GetValue(folder)!, parsed.GetValue(name)!);
            if (whose.Length is 0 or > 64 || whose is "authority" or "." or ".." || whose.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not '.' and not '-' and not '_'))
                throw new AschedException(ExitCode.Usage, "name: must be letters, digits, '.', '-' and '_', 64 at most, and not 'authority'");
            string[] reached = parsed.GetValue(hosts) is { Length: > 0 } given ? given : [whose];
            if (reached.FirstOrDefault(static host => Uri.CheckHostName(host) == UriHostNameType.Unknown) is { } wrong)
                throw new AschedException(ExitCode.Usage, $"--host: '{wrong}' is neither a name nor an address");
            using X509Certificate2 authority = Open(at);
            (string certificate, string key, DateTimeOffset end) = Issuing.Node(authority, whose, reached, TimeSpan.FromDays(parsed.GetValue(days)), TimeProvider.System.GetUtcNow());
            Write(at, $"{whose}.key", key);
            Write(at, $"{whose}.pem", certificate);
            parsed.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.Combine(at, $"{whose}.pem")} (--tls-certificate) and {whose}.key (--tls-key) are valid until {end:yyyy-MM-dd}."));
        });
        return command;
    }

    private static Option<string> Folder() => new("--dir") { HelpName = "DIR", Description = "Folder of the files.", DefaultValueFactory = static _ => "certs" };

    private static Option<int> Days(int most)
    {
        var days = new Option<int>("--days") { HelpName = "N", Description = "How long it is valid.", DefaultValueFactory = _ => most };
        days.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 36500)
                result.AddError("--days: must be 1 to 36500");
        });
        return days;
    }

    private static X509Certificate2 Open(string folder)
    {
        string file = Path.Combine(folder, AuthorityFile);
        try
        {
            return X509Certificate2.CreateFromPemFile(file, Path.Combine(folder, AuthorityKeyFile));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new AschedException(ExitCode.Usage, $"{file}: {e.Message} ('asched certs authority --dir {folder}' makes one)", e);
        }
    }

    /// <summary>Never over what is there: nodes may use it.</summary>
    private static void Write(string folder, string name, string text)
    {
        string file = Path.Combine(folder, name);
        try
        {
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows() && name.EndsWith(".key", StringComparison.Ordinal))
                options.UnixCreateMode = OwnerOnly;
            using var writer = new StreamWriter(file, options);
            writer.WriteLine(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AschedException(ExitCode.Unusable, File.Exists(file) ? $"{file} is there already: nothing was changed" : $"{file} cannot be written: {e.Message}", e);
        }
    }
}
