using ActorScheduler.Master.Membership;
using Akka.Actor;

namespace ActorScheduler.Master.Specs.Membership;

public sealed class RefusalSpecs
{
    [Theory]
    // Members, those of them that are silent beside the suspect, refusals, whether it is death.
    [InlineData(3, 0, 2, true)] // 2 of 3 are left.
    [InlineData(3, 0, 1, false)] // Once is no proof.
    [InlineData(3, 1, 2, false)] // 1 of 3 is left: a firewall between two sides may refuse for both of them.
    [InlineData(2, 0, 2, false)] // 1 of 2 is half and not more.
    [InlineData(4, 1, 2, false)] // 2 of 4 is half.
    [InlineData(5, 1, 2, true)] // 3 of 5 are left.
    [InlineData(5, 2, 2, false)]
    [InlineData(1, 0, 2, false)]
    public void A_refusal_is_death_only_while_more_than_half_is_left(int members, int silent, int refusals, bool isDeath)
    {
        Address[] all = [.. Enumerable.Range(1, members).Select(static number => new Address("akka.tcp", "spec", $"10.0.0.{number}", 2551))];

        Assert.Equal(isDeath, Refusal.IsDeath(all[0], refusals, all.ToHashSet(), all.Skip(1).Take(silent).ToHashSet()));
    }

    [Fact]
    public void Who_is_no_member_is_not_downed()
    {
        Address stranger = new("akka.tcp", "spec", "10.0.0.9", 2551);
        HashSet<Address> members = [.. Enumerable.Range(1, 3).Select(static number => new Address("akka.tcp", "spec", $"10.0.0.{number}", 2551))];

        Assert.False(Refusal.IsDeath(stranger, Refusal.Proof, members, new HashSet<Address>()));
    }
}
