using ActorScheduler.Protocol;
using Akka.Configuration;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>A disk of which more is to stay free than there is.</summary>
public sealed class FullDiskSpecs : AgentSpec
{
    private readonly TestFolder _folder = new();

    public FullDiskSpecs()
        : base(ConfigurationFactory.ParseString("actorscheduler.agent.sandbox.min-free = 1"))
    {
        DataFolder = _folder.Path;
        Begin();
        Register();
    }

    [Fact]
    public void An_agent_whose_disk_is_nearly_full_says_so_and_is_offered_no_more()
    {
        var told = Next<ReportDegraded>(Allocator, static report => report.IsDegraded);

        Assert.Matches(@"^only \d+ MiB of \d+ are free on the disk of its sandboxes \(actorscheduler\.agent\.sandbox\.min-free\)$", told.Reason);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }
}
