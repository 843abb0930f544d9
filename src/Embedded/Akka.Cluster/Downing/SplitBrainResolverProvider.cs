using Akka.Actor;

namespace Akka.Cluster.SBR;

/// <summary>Downs by the strategy of <c>akka.cluster.split-brain-resolver</c>.</summary>
public class SplitBrainResolverProvider : IDowningProvider
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;

    public SplitBrainResolverProvider(ActorSystem system, Cluster cluster)
    {
        _cluster = cluster;
        _settings = new SplitBrainResolverSettings(system.Settings.Config);
        // A strategy that lacks what it needs should say so at start, not at the first split.
        if (_settings.DowningStrategy == SplitBrainResolverSettings.StaticQuorumName) _ = _settings.StaticQuorumSettings;
    }

    public TimeSpan DownRemovalMargin => _cluster.Settings.DownRemovalMargin ?? _settings.DowningStableAfter;

    public Props? DowningActorProps => Props.Create(() => 
        new SplitBrainResolverActor(_cluster.SelfUniqueAddress, _settings, _cluster.Down, _cluster.Observe));
}
