using ActorScheduler.Processes;
using Akka.Actor;

namespace Akka.Remote.Specs;

/// <summary>Systems that listen on IPv6 addresses, which stand in brackets wherever they are named.</summary>
public sealed class Ipv6Specs : RemoteSpec
{
    public Ipv6Specs()
        : base(both: "akka.remote.dot-netty.tcp.hostname = \"0:0:0:0:0:0:0:1\"")
    {
    }

    [Ipv6Fact]
    public async Task Actors_speak_watch_and_hear_of_the_end()
    {
        IActorRef echo = await RemoteEcho("echo");

        Assert.Equal("[::1]", AddressOf(Other).Host);
        Assert.Equal(AddressOf(Other), echo.Path.Address);
        Assert.Equal($"akka.tcp://other@[::1]:{AddressOf(Other).Port}/user/echo", echo.Path.ToString());
        Assert.Equal("hello", await echo.Ask<string>("hello", TimeSpan.FromSeconds(10)));
        Assert.Equal(echo, (await echo.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(10))).Subject);

        Watch(echo);
        await Other.Terminate();
        ExpectTerminated(echo, TimeSpan.FromSeconds(10));
    }
}
