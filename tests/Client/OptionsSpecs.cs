namespace ActorScheduler.Client.Specs;

public sealed class OptionsSpecs
{
    [Fact]
    public void Contacts_are_read_as_addresses_of_masters() => Assert.Equal(
        ["akka.tcp://actorscheduler@a:1", "akka.tcp://actorscheduler@b.example:65535", "akka.tcp://actorscheduler@[::1]:2551"],
        SchedulerClient.ParseContacts("a:1, b.example:65535,[0:0:0::1]:2551").Select(address => address.ToString()));

    [Theory]
    [InlineData("a")]
    [InlineData("a:")]
    [InlineData("a:0")]
    [InlineData("a:65536")]
    [InlineData(":2551")]
    [InlineData("[::1]")]
    [InlineData("a:1,b:x")]
    public void A_contact_that_is_no_address_is_named(string contacts) =>
        Assert.Contains(contacts.Split(',')[^1], Assert.Throws<ArgumentException>(() => SchedulerClient.ParseContacts(contacts)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SchedulerClientOptions { Contacts = " " }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchedulerClientOptions { OfferBuffer = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchedulerClientOptions { UpdateBuffer = 0 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchedulerClientOptions { CommandTimeout = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchedulerClientOptions { RetryInterval = TimeSpan.Zero }.Validate());
    }
}
