using ActorScheduler.Protocol;
using ActorScheduler.Protocol.Links;
using Akka.Actor;
using Akka.Configuration;

namespace ActorScheduler.Cluster.Specs;

/// <summary>Who was told of one master only, by a link from outside the cluster. Silence alone is forgiven for longer than the spec lasts.</summary>
public sealed class ContactSpecs
{
    [Fact]
    public async Task The_others_are_found_when_the_only_one_dies_as_soon_as_it_has_answered_and_at_the_next_start_without_it()
    {
        string folder = Directory.CreateTempSubdirectory("contacts-").FullName;
        string file = Path.Combine(folder, "masters");
        await using var cluster = new TestCluster();
        var first = cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        cluster.Start(isAgent: false);
        await cluster.Formed();
        Address only = Akka.Cluster.Cluster.Get(first).SelfAddress;
        try
        {
            await WithLink(async (system, link) =>
            {
                Epoch epoch = await Answer(system, link, TimeSpan.FromMilliseconds(100));
                await cluster.Crash(first);
                await Session.Eventually(async () => await Answer(system, link, TimeSpan.FromMilliseconds(500)) > epoch, "another master answers");
                await Session.Eventually(
                    () => Task.FromResult(File.Exists(file) && File.ReadAllLines(file).Count(line => line != only.ToString()) == 2), "the others are kept");
            });

            // The seed it is given is dead: it goes by what it has kept.
            await WithLink(static (system, link) => Answer(system, link, TimeSpan.FromMilliseconds(500)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task WithLink(Func<ActorSystem, MasterLink, Task> act)
        {
            using ActorSystem system = ActorSystem.Create("outside", ConfigurationFactory.ParseString(
                "akka { loglevel = ERROR, stdout-loglevel = OFF, actor.provider = remote, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }\nakka.cluster.client.acceptable-heartbeat-pause = 600 s").WithFallback(ProtocolConfig.Reference));
            await act(system, ClientLink.Start(system, [only], file: file));
            await system.Terminate();
        }
    }

    /// <summary>Asks the allocator until it answers.</summary>
    private static async Task<Epoch> Answer(ActorSystem system, MasterLink link, TimeSpan each)
    {
        Epoch epoch = Epoch.None;
        await Session.Eventually(
            async () =>
            {
                using Inbox inbox = Inbox.Create(system);
                link.Send(new GetClusterSummary(), inbox.Receiver);
                try
                {
                    if (await inbox.ReceiveAsync(each) is not ClusterSummary summary)
                        return false;
                    epoch = summary.Epoch;
                    return true;
                }
                catch (TimeoutException)
                {
                    return false;
                }
            },
            "a master answers");
        return epoch;
    }
}
