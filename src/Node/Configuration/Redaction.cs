using System.Text.RegularExpressions;

namespace ActorScheduler.Node.Configuration;

/// <summary>Takes secrets out of values that are shown.</summary>
internal static partial class Redaction
{
    private const string Hidden = "***";

    /// <summary>The value without passwords; all of it is hidden where the key says that it is a secret.</summary>
    internal static string Of(string key, string value) => value.Length == 0 ? value
        : SecretKey().IsMatch(key) ? Hidden
        : UserInfo().Replace(Password().Replace(value, $"$1{Hidden}"), $"$1{Hidden}@");

    [GeneratedRegex(@"(password|secret|token|passphrase)[^.]*$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretKey();

    [GeneratedRegex(@"((?:password|pwd|passfile)\s*=\s*)(?:'(?:[^']|'')*'|""(?:[^""]|"""")*""|[^;]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Password();

    [GeneratedRegex(@"(://[^:/@\s]*:)[^@/\s]*@")]
    private static partial Regex UserInfo();
}
