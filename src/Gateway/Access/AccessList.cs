using System.Collections.Frozen;
using ActorScheduler.Model;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway.Access;

/// <summary>
/// Who may ask. The file is read again when it changes, so that tokens come and go without a restart; one that cannot be read then
/// changes nothing.
/// </summary>
internal sealed class AccessList
{
    private readonly string _path;
    private readonly ILogger _log;
    private volatile Known _known;

    private AccessList(string path, ILogger log, Known known) => (_path, _log, _known) = (path, log, known);

    /// <exception cref="GatewayException">The file cannot be read, or a line of it is not valid.</exception>
    internal static AccessList Of(string path, ILogger log)
    {
        Stamp stamp = Stamp.Of(path);
        return AccessFile.Read(path).TryGet(out FrozenDictionary<string, Caller>? callers, out Problem? problem)
            ? new AccessList(path, log, new Known(stamp, callers))
            : throw new GatewayException($"--http-access: {problem}");
    }

    /// <summary>Whose token it is; null for nobody's.</summary>
    internal Caller? Find(string token)
    {
        Stamp stamp = Stamp.Of(_path);
        if (stamp != _known.Stamp)
            _known = new Known(stamp, Again() ?? _known.Callers);
        return _known.Callers.GetValueOrDefault(AccessFile.Hash(token));
    }

    private FrozenDictionary<string, Caller>? Again()
    {
        if (AccessFile.Read(_path).TryGet(out FrozenDictionary<string, Caller>? callers, out Problem? problem))
        {
            _log.LogInformation("Access file {File} was reloaded: {Count} callers have access", _path, callers.Count);
            return callers;
        }
        _log.LogError("The changed access file is ignored, the previous one stays in force: {Problem}", problem);
        return null;
    }

    private sealed record Known(Stamp Stamp, FrozenDictionary<string, Caller> Callers);

    private readonly record struct Stamp(DateTime Written, long Length)
    {
        internal static Stamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new Stamp(file.LastWriteTimeUtc, file.Length) : default;
    }
}
