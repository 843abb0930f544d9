using ActorScheduler.Containers.Files;
using ActorScheduler.Master.Journaling;
using ActorScheduler.Node.Configuration;

namespace ActorScheduler.Node.Daemon;

/// <summary>
/// Where a cluster in one process keeps its facts: in the folder that was named, or in one that goes with the process. Masters
/// share a journal there, so that what they decided survives the loss of one.
/// </summary>
internal sealed class DevFolder : IDisposable
{
    private readonly DataFolder _folder;
    private readonly bool _isKept;

    private DevFolder(DataFolder folder, bool isKept)
    {
        (_folder, _isKept) = (folder, isKept);
    }

    /// <summary>For people.</summary>
    internal string Description => _isKept ? _folder.Path : "none; it goes with this process (--data DIR keeps it)";

    internal JournalStore Journal => JournalStore.Parse("", _folder.Path).Value;

    /// <summary>Takes the folder that the configuration names outside of reference.conf, or a temporary one.</summary>
    internal static DevFolder Take(EffectiveConfig effective, NodeSettings settings) => effective.IsSet("actorscheduler.node.data")
        ? new DevFolder(DataFolder.Take(settings.DataFolder!), isKept: true)
        : new DevFolder(DataFolder.Take(Directory.CreateTempSubdirectory("asched-dev-").FullName), isKept: false);

    /// <summary>The folder of one node; null when nothing is kept.</summary>
    internal string? OfNode(int number) => _isKept ? Path.Combine(_folder.Path, $"node-{number}") : null;

    public void Dispose()
    {
        _folder.Dispose();
        if (!_isKept)
            Tree.Delete(_folder.Path);
    }
}
