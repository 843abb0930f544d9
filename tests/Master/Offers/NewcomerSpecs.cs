using ActorScheduler.Master.Offers;
using ActorScheduler.Model;
using Akka.Actor;

namespace ActorScheduler.Master.Specs.Offers;

public sealed class NewcomerSpecs
{
    private static readonly Address One = new("akka.tcp", "actorscheduler", "10.0.0.1", 25520);
    private static readonly Address Here = new("akka", "actorscheduler");

    public static TheoryData<string, int> OtherPlaces => new() { { "10.0.0.2", 25520 }, { "10.0.0.1", 25521 }, { "host", 25520 } };

    [Theory]
    [MemberData(nameof(OtherPlaces))]
    public void One_that_has_the_id_of_another_is_refused_while_that_answers(string host, int port)
    {
        var other = new Address("akka.tcp", "actorscheduler", host, port);
        foreach ((Address registered, Address newcomer) in new[] { (One, other), (Here, other), (One, Here) })
        {
            Problem? problem = WhyNot(registered, newcomer);
            Assert.Equal("agent_id", problem?.Field);
            Assert.StartsWith("the agent on host-1 has this id and answers.", problem!.Reason, StringComparison.Ordinal);
            Assert.Null(WhyNot(registered, newcomer, isLost: true));
        }
    }

    [Fact]
    public void A_restart_at_the_same_address_need_not_wait()
    {
        Assert.Null(WhyNot(One, One));
        Assert.Null(WhyNot(Here, Here));
    }

    private static Problem? WhyNot(Address registered, Address newcomer, bool isLost = false) => Newcomer.WhyNot("host-1", registered, isLost, newcomer);
}
