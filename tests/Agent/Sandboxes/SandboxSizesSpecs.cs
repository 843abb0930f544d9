using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using Microsoft.Extensions.Time.Testing;

namespace ActorScheduler.Agent.Specs.Sandboxes;

public sealed class SandboxSizesSpecs : SandboxSpec
{
    [Fact]
    public async Task What_is_in_a_sandbox_is_counted_seldom_and_without_what_links_lead_to()
    {
        var clock = new FakeTimeProvider();
        SandboxStore store = Store();
        var sizes = new SandboxSizes(store.Folders, TimeSpan.FromSeconds(15), clock);
        ContainerOrder order = Order(store);
        await store.Prepare(order, CancellationToken.None);
        string outside = Path.Combine(Folder.Path, "outside");
        await File.WriteAllBytesAsync(outside, new byte[5000]);
        File.CreateSymbolicLink(Path.Combine(order.Sandbox!, "link"), outside);
        Directory.CreateDirectory(Path.Combine(order.Sandbox!, "deep"));
        await File.WriteAllBytesAsync(Path.Combine(order.Sandbox!, "deep", "file"), new byte[1000]);

        Assert.Equal(1000, await sizes.Of(order.RunId));
        await File.WriteAllBytesAsync(Path.Combine(order.Sandbox!, "more"), new byte[10]);
        Assert.Equal(1000, await sizes.Of(order.RunId));
        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(1010, await sizes.Of(order.RunId));
        Assert.Null(await sizes.Of("none"));
    }
}
