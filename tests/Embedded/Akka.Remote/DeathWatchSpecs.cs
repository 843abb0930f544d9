using Akka.Actor;

namespace Akka.Remote.Specs;

public sealed class DeathWatchSpecs : RemoteSpec
{
    [Fact]
    public async Task The_end_of_an_actor_on_another_node_is_told_once()
    {
        var actor = Other.ActorOf(Props.Create(() => new Echo()));
        var remote = await Remotely(Other, actor);
        Watch(remote);
        remote.Tell("up");
        await ExpectMsgAsync("up");

        Other.Stop(actor);

        var terminated = await ExpectTerminatedAsync(remote);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task Watching_an_actor_that_is_already_gone_is_answered()
    {
        var actor = Other.ActorOf(Props.Create(() => new Echo()));
        var remote = await Remotely(Other, actor);
        await actor.GracefulStop(TimeSpan.FromSeconds(5));

        Watch(remote);

        var terminated = await ExpectTerminatedAsync(remote, TimeSpan.FromSeconds(5));
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task An_unwatched_actor_is_not_reported()
    {
        var actor = Other.ActorOf(Props.Create(() => new Echo()));
        var remote = await Remotely(Other, actor);
        Watch(remote);
        Unwatch(remote);
        remote.Tell("up");
        await ExpectMsgAsync("up");

        await actor.GracefulStop(TimeSpan.FromSeconds(5));

        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task When_a_node_ends_its_actors_are_reported()
    {
        var remote = await RemoteEcho();
        Watch(remote);
        remote.Tell("up");
        await ExpectMsgAsync("up");

        await Other.Terminate();

        await ExpectTerminatedAsync(remote, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_actor_watched_on_a_node_that_comes_back_under_the_same_address_is_reported_and_a_new_one_can_be_watched()
    {
        var remote = await RemoteEcho("echo");
        Watch(remote);
        remote.Tell("up");
        await ExpectMsgAsync("up");
        var port = AddressOf(Other).Port;

        await Other.Terminate();
        var again = Start("other", $"akka.remote.dot-netty.tcp.port = {port}");
        await ExpectTerminatedAsync(remote, TimeSpan.FromSeconds(10));

        var actor = again.ActorOf(Props.Create(() => new Echo()), "echo");
        IActorRef? fresh = null;
        await AwaitAssertAsync(async () => fresh = await Remotely(again, actor), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200));
        Watch(fresh!);
        fresh!.Tell("hello");
        await ExpectMsgAsync("hello", TimeSpan.FromSeconds(10));
        again.Stop(actor);
        await ExpectTerminatedAsync(fresh!, TimeSpan.FromSeconds(10));
    }
}
