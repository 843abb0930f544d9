using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Gateway.Access;

/// <summary>
/// The file of <c>actorscheduler.node.http-access</c>: a line for each that may ask, with its name, <c>operator</c> or
/// <c>viewer</c>, and its token; lines that begin with # are for people.
/// </summary>
internal static class AccessFile
{
    /// <summary>Shorter tokens can be guessed.</summary>
    private const int LeastToken = 16;

    /// <summary>Tens of thousands of callers.</summary>
    private const int MostOfFile = 4 * 1024 * 1024;

    private const UnixFileMode NotOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>Reads it: callers by the <see cref="Hash"/> of their tokens. A problem names no token.</summary>
    internal static Result<FrozenDictionary<string, Caller>> Read(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & NotOthers) != 0
                ? new Problem(path, "must not be read by others or written by its group (chmod 600)")
                : Parse(SmallFile.Read(path, MostOfFile).Split('\n'), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(path, e.Message);
        }
    }

    /// <summary>What stands for a token: a look-up by it tells nothing of how far a guess was right.</summary>
    internal static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static Result<FrozenDictionary<string, Caller>> Parse(string[] lines, string path)
    {
        var callers = new Dictionary<string, Caller>();
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is [] || words[0].StartsWith('#'))
                continue;
            string? wrong = words is not [var name, "operator" or "viewer", var token] ? "must be written NAME operator|viewer TOKEN"
                : token.Length < LeastToken ? $"the token of '{name}' must have at least {LeastToken} characters"
                : !callers.TryAdd(Hash(token), new Caller(name, words[1] == "operator")) ? $"the token of '{name}' is somebody else's"
                : null;
            if (wrong is not null)
                return new Problem($"{path}, line {i + 1}", wrong);
        }
        return callers.Count > 0 ? callers.ToFrozenDictionary() : new Problem(path, "names nobody");
    }
}
