using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Specs;

public sealed class AssociationSpecs : RemoteSpec
{
    [Fact]
    public async Task Nothing_is_exchanged_with_a_quarantined_incarnation_until_the_node_starts_anew()
    {
        var echo = await RemoteEcho("echo");
        var address = AddressOf(Other);
        var events = CreateTestProbe();
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(QuarantinedEvent));
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));

        ((RemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Quarantine(address, AddressUidExtension.Uid(Other));
        var quarantined = await events.ExpectMsgAsync<QuarantinedEvent>();
        echo.Tell("into the void");

        Assert.Equal(address, quarantined.Address);
        await letters.FishForMessageAsync<DeadLetter>(letter => letter.Message is "into the void");

        await Other.Terminate();
        var again = Start("other", $"akka.remote.dot-netty.tcp.port = {address.Port}");
        var actor = again.ActorOf(Props.Create(() => new Echo()), "echo");
        await AwaitAssertAsync(
            async () => Assert.Equal("back", await (await Remotely(again, actor)).Ask<string>("back", TimeSpan.FromSeconds(1))),
            TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Lifecycle_events_tell_of_associations()
    {
        var events = CreateTestProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(AssociatedEvent));

        await RemoteEcho();

        var associated = await events.ExpectMsgAsync<AssociatedEvent>();
        Assert.Equal(AddressOf(Other), associated.RemoteAddress);
    }

    [Fact]
    public async Task Messages_flow_again_after_the_other_node_was_away()
    {
        var echo = await RemoteEcho("echo");
        var port = AddressOf(Other).Port;
        echo.Tell("one");
        await ExpectMsgAsync("one");

        await Other.Terminate();
        var again = Start("other", $"akka.remote.dot-netty.tcp.port = {port}");
        again.ActorOf(Props.Create(() => new Echo()), "echo");

        await AwaitAssertAsync(
            async () => Assert.Equal("two", await Sys.ActorSelection(echo.Path.ToString()).Ask<string>("two", TimeSpan.FromSeconds(1))),
            TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void A_port_that_is_taken_is_named_in_the_error()
    {
        var port = AddressOf(Other).Port;

        var failure = Assert.ThrowsAny<Exception>(() => Start("third", $"akka.remote.dot-netty.tcp {{ port = {port}, tcp-reuse-addr = off }}"));

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
    }
}

public sealed class UntrustedModeSpecs() : RemoteSpec(both: "akka.remote.untrusted-mode = on\nakka.remote.trusted-selection-paths = [\"/user/open\"]")
{
    [Fact]
    public async Task Only_trusted_paths_are_selected_and_nobody_is_stopped_from_outside()
    {
        Other.ActorOf(Props.Create(() => new Echo()), "open");
        Other.ActorOf(Props.Create(() => new Echo()), "hidden");

        var open = Sys.ActorSelection($"{AddressOf(Other)}/user/open");
        Assert.Equal("hello", await open.Ask<string>("hello", TimeSpan.FromSeconds(5)));
        await Assert.ThrowsAsync<AskTimeoutException>(() => Sys.ActorSelection($"{AddressOf(Other)}/user/hidden").Ask<string>("hello", TimeSpan.FromMilliseconds(500)));

        open.Tell(PoisonPill.Instance);
        Assert.Equal("still here", await open.Ask<string>("still here", TimeSpan.FromSeconds(5)));
    }
}
