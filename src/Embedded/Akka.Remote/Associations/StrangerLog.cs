using System.Net;
using Akka.Event;

namespace Akka.Remote.Associations;

/// <summary>Logs what strangers send once a peer, however much they send; the number of peers is bounded.</summary>
internal sealed class StrangerLog(ILoggingAdapter log)
{
    private const int MostPeers = 1024;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    internal void Note(EndPoint? from, string problem)
    {
        var peer = (from as IPEndPoint)?.Address.ToString() ?? "unknown";
        lock (_known)
            if (_known.Count >= MostPeers || !_known.Add(peer))
                return;
        log.Warning("Dropped a connection from {0} that is no node: {1}. Further ones from there are dropped without a word.", peer, problem);
    }
}
