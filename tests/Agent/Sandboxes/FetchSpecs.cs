using System.Runtime.Versioning;
using System.Text;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Sandboxes;

[UnsupportedOSPlatform("windows")]
public sealed class FetchSpecs : SandboxSpec
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Fact]
    public async Task A_file_arrives_under_the_last_part_of_its_address_or_under_the_name_that_is_asked_for()
    {
        Site.Page("/a%20b/hello.txt", Hello);
        Site.Page("/a b/hello.txt", Hello);

        string sandbox = await Fetch(new Artifact(Site.Url("/a%20b/hello.txt?x=1")), new Artifact(Site.Url("/a%20b/hello.txt"), OutputFile: "bin/tool", Executable: true));

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(sandbox, "hello.txt")));
        Assert.True(File.GetUnixFileMode(Path.Combine(sandbox, "bin/tool")).HasFlag(UnixFileMode.OtherExecute));
        Assert.Equal("drwx------", SandboxReader.List(Path.GetDirectoryName(sandbox)!, "").Value.Files.Single().Mode);
    }

    [Theory]
    [InlineData("file://")]
    [InlineData("")]
    public async Task A_file_of_the_host_is_copied(string scheme)
    {
        string file = Path.Combine(Folder.Path, "there.txt");
        await File.WriteAllBytesAsync(file, Hello);

        string sandbox = await Fetch(new Artifact(scheme + file));

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(sandbox, "there.txt")));
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/etc/out")]
    [InlineData("a/../../out")]
    [InlineData(".")]
    public async Task A_name_that_leads_out_of_the_sandbox_is_refused(string name)
    {
        Site.Page("/f", Hello);

        Assert.Contains("leads out of the sandbox", await Refusal(new Artifact(Site.Url("/f"), OutputFile: name)), StringComparison.Ordinal);
        Assert.Empty(Site.Asked);
    }

    [Fact]
    public async Task What_is_not_there_is_said_with_address_and_reason_and_asked_for_once()
    {
        Assert.Equal($"{Site.Url("/gone")}: the server answers 404 Not Found", await Refusal(new Artifact(Site.Url("/gone"))));
        Assert.Single(Site.Asked);
        Assert.Contains("no such file", await Refusal(new Artifact("file:///no/such/file")), StringComparison.Ordinal);
        Assert.Contains("refused", await Refusal(new Artifact("http://127.0.0.1:1/x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_in_trouble_and_a_broken_connection_are_tried_again()
    {
        int attempts = 0;
        Site.Page("/f", async context =>
        {
            if (++attempts == 1)
                context.Response.StatusCode = 503;
            else if (attempts == 2)
            {
                context.Response.ContentLength64 = 1000;
                await context.Response.OutputStream.WriteAsync(Hello);
                context.Response.Abort();
            }
            else
                await context.Response.OutputStream.WriteAsync(Hello);
        });

        string sandbox = await Fetch(new Artifact(Site.Url("/f")));

        Assert.Equal(("hello", 3), (await File.ReadAllTextAsync(Path.Combine(sandbox, "f")), attempts));
        Site.Page("/f", context => Task.FromResult(context.Response.StatusCode = 500));
        Assert.Contains("500", await Refusal(new Artifact(Site.Url("/f"))), StringComparison.Ordinal);
        Assert.Equal(6, Site.Asked.Count);
    }

    [Fact]
    public async Task A_download_that_stands_still_or_takes_too_long_or_is_too_large_ends()
    {
        var never = new TaskCompletionSource();
        Site.Page("/slow", async context =>
        {
            await context.Response.OutputStream.WriteAsync(Hello);
            await context.Response.OutputStream.FlushAsync();
            await never.Task;
        });
        Site.Page("/large", new byte[1000]);

        Assert.Contains("nothing came for 0.05 s", await Refusal(Quick with { StallTimeout = TimeSpan.FromMilliseconds(50), FetchAttempts = 1 }, new Artifact(Site.Url("/slow"))), StringComparison.Ordinal);
        Assert.Contains("not fetched within 0.05 s", await Refusal(Quick with { FetchTimeout = TimeSpan.FromMilliseconds(50) }, new Artifact(Site.Url("/slow"))), StringComparison.Ordinal);
        Assert.Contains("more than 999 bytes", await Refusal(Quick with { MaxArtifactSize = 999 }, new Artifact(Site.Url("/large"))), StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task Tasks_that_want_the_same_at_the_same_time_share_one_download_and_later_ones_ask_whether_it_changed()
    {
        var release = new TaskCompletionSource();
        int downloads = 0;
        Site.Page("/f", async context =>
        {
            Interlocked.Increment(ref downloads);
            await release.Task;
            await context.Response.OutputStream.WriteAsync(Hello);
        });
        SandboxStore store = Store();
        var artifact = new Artifact(Site.Url("/f"), Cache: true);
        ContainerOrder[] orders = [.. Enumerable.Range(0, 5).Select(_ => Order(store, artifact))];
        Task all = Task.WhenAll(orders.Select(order => store.Prepare(order, CancellationToken.None)));
        release.SetResult();
        await all.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(orders, static order => Assert.Equal("hello", File.ReadAllText(Path.Combine(order.Sandbox!, "f"))));
        Assert.InRange(downloads, 1, 5);

        // From now on the server tells changes by a tag.
        Site.Page("/f", "new"u8.ToArray(), "\"1\"");
        await store.Prepare(orders[0], CancellationToken.None);
        await store.Prepare(orders[1], CancellationToken.None);
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(orders[1].Sandbox!, "f")));
        Site.Page("/f", "newer"u8.ToArray(), "\"2\"");
        await store.Prepare(orders[2], CancellationToken.None);
        Assert.Equal("newer", await File.ReadAllTextAsync(Path.Combine(orders[2].Sandbox!, "f")));
    }

    [Fact]
    public async Task The_cache_is_bounded_and_throws_out_what_was_not_used_for_longest()
    {
        SandboxStore store = Store(Quick with { CacheSize = 2500 });
        foreach (string name in new[] { "/a", "/b", "/c" })
        {
            Site.Page(name, Encoding.ASCII.GetBytes(new string('x', 1000)), "\"1\"");
            await store.Prepare(Order(store, new Artifact(Site.Url(name), Cache: true)), CancellationToken.None);
        }

        Assert.Equal(2, Directory.EnumerateFiles(store.Folders.Cache).Count(static file => Path.GetExtension(file).Length == 0));
        Assert.Empty(Directory.EnumerateFiles(store.Folders.Cache, "*.part"));
    }

    [Fact]
    public async Task A_repeated_preparation_begins_anew()
    {
        SandboxStore store = Store();
        ContainerOrder order = Order(store);
        await store.Prepare(order, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(order.Sandbox!, "left-over"), "");

        await store.Prepare(order, CancellationToken.None);

        Assert.Empty(Directory.EnumerateFileSystemEntries(order.Sandbox!));
    }

    [Fact]
    public async Task A_sandbox_belongs_to_the_tasks_user_and_only_what_all_may_read_is_copied_for_it()
    {
        if (Account.ToOwn("nobody") is not { } nobody)
            return;
        SandboxStore store = Store();
        string file = Path.Combine(Folder.Path, "secret");
        await File.WriteAllTextAsync(file, "s");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        var error = await Assert.ThrowsAsync<SandboxException>(() => store.Prepare(Order(store, new Artifact(file)) with { User = "nobody" }, CancellationToken.None));

        Assert.Contains("user nobody may not read it", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(0u, nobody.UserId);
        Assert.Null(Account.ToOwn("no-such-user"));
    }
}
