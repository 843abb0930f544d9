using Microsoft.Extensions.DependencyInjection;

namespace ActorScheduler.Client.Specs;

public sealed class DependencyInjectionSpecs
{
    [Fact]
    public async Task All_who_ask_share_one_client()
    {
        await using ServiceProvider services = new ServiceCollection().AddActorScheduler("127.0.0.1:1").BuildServiceProvider();

        var client = services.GetRequiredService<SchedulerClient>();

        Assert.Same(client, services.GetRequiredService<SchedulerClient>());
    }

    [Fact]
    public void Options_that_are_not_valid_are_refused_at_the_first_use()
    {
        using ServiceProvider services = new ServiceCollection().AddActorScheduler(options => options with { Contacts = "a" }).BuildServiceProvider();

        Assert.Contains("'a'", Assert.Throws<ArgumentException>(services.GetRequiredService<SchedulerClient>).Message, StringComparison.Ordinal);
    }
}
