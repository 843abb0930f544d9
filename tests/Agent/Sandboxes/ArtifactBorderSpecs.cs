using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Processes;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>What artifacts may be, who is told their addresses, and what one leaves that cannot be had.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ArtifactBorderSpecs : SandboxSpec
{
    [RootTheory("Only root may make devices")]
    [InlineData("mkfifo $f", "it is a pipe")]
    [InlineData("ln -s /dev/zero $f", "it is a device")]
    [InlineData("ln -s /dev/null $f", "it is a device")]
    [InlineData("ln -s /dev/ptmx $f", "it is a device")]
    [InlineData("mknod $f c 1 5", "it is a device")]
    [InlineData("mkfifo $f.pipe && ln -s $f.pipe $f", "it is a pipe")]
    [InlineData("python3 -c 'import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' $f", "it is a socket")]
    [InlineData("mkdir $f", "it is a folder")]
    [InlineData("ln -s $f $f", "no such file")]
    public async Task Only_a_plain_file_of_the_host_is_an_artifact_and_another_leaves_nothing(string program, string reason)
    {
        string file = Path.Combine(Folder.Path, "f");
        using (var shell = Process.Start("sh", ["-c", program.Replace("$f", file, StringComparison.Ordinal)]))
        {
            await shell.WaitForExitAsync();
            Assert.Equal(0, shell.ExitCode);
        }
        foreach (Artifact artifact in new[] { new Artifact(file), new Artifact("file://" + file, Cache: true), new Artifact(file, OutputFile: "a/b.tar.gz"), new Artifact(file, Executable: true) })
        {
            (string sandbox, string why) = await Refused(artifact);

            Assert.Contains(reason, why, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox));
        }
    }

    [Fact]
    public async Task A_fetch_that_fails_at_any_artifact_leaves_nothing_of_those_before()
    {
        Site.Page("/good", "x"u8.ToArray());
        Site.Page("/bad.tar.gz", "this is text"u8.ToArray());
        Site.Page("/large", new byte[2000]);
        Site.Page("/broken", async context =>
        {
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync(new byte[10]);
            context.Response.Abort();
        });
        foreach (string last in new[] { "/bad.tar.gz", "/large", "/broken", "/none" })
        {
            (string sandbox, _) = await Refused(new Artifact(Site.Url("/good")), new Artifact(Site.Url("/good"), OutputFile: "sub/x"), new Artifact(Site.Url(last)));

            Assert.Empty(Directory.EnumerateFileSystemEntries(sandbox));
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public async Task A_file_address_may_name_this_host(string host)
    {
        string file = Path.Combine(Folder.Path, "a b#1?.txt");
        await File.WriteAllTextAsync(file, "hello");

        string sandbox = await Fetch(new Artifact($"file://{host}{Folder.Path}/a%20b%231%3F.txt"));

        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(sandbox, "a b#1?.txt")));
    }

    [Fact]
    public async Task A_file_address_of_another_host_is_refused() =>
        Assert.Contains("host elsewhere is not asked for files", await Refusal(new Artifact("file://elsewhere/etc/passwd")), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task User_and_password_of_an_address_are_sent_and_never_told(int seed)
    {
        const string signs = "abcXYZ019:@/?#%&+ \u00e4\u20ac\"'\\";
        var random = new Random(seed);
        string? got = null;
        Site.Page("/f", context =>
        {
            got = context.Request.Headers["Authorization"];
            return Task.FromResult(context.Response.StatusCode = 403);
        });
        for (int i = 0; i < 25; i++)
        {
            // A colon is not possible in a user: the header has none that is escaped.
            string user = Word().Replace(":", "", StringComparison.Ordinal) + "u", password = Word() + "secret";
            string address = Site.Url($"/f?token=secret{i}").Replace("http://", $"http://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@", StringComparison.Ordinal);

            string why = await Refusal(new Artifact(address));

            Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")), got);
            Assert.Equal($"http://***@127.0.0.1:{Site.Port}/f?***: the server answers 403 Forbidden", why);
        }

        string Word() => new([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => signs[random.Next(signs.Length)])]);
    }

    [Theory]
    [InlineData("ftp://u:secret@host/x", "ftp://***@host/x")]
    [InlineData("http://u:sec/ret@host:port/x", "http://***@host:port/x")]
    [InlineData("http://u:secret@", "http://***@")]
    [InlineData("http://host/@scope/x", "http://host/@scope/x")]
    [InlineData("http://host/x?X-Signature=secret", "http://host/x?***")]
    [InlineData("https://u@host/x", "https://***@host/x")]
    [InlineData("file:///a?b@c", "file:///a?b@c")]
    [InlineData("nothing", "nothing")]
    [InlineData("", "")]
    [InlineData("http://", "http://")]
    public void Addresses_are_shown_without_what_opens_them(string address, string shown) => Assert.Equal(shown, ArtifactAddress.Show(address));

    [Fact]
    public async Task User_and_password_follow_a_redirect_to_the_same_server_and_to_no_other()
    {
        using var other = new TestSite();
        string? here = null, there = "unasked";
        Site.Page("/here", context => Redirect(context, "/f"));
        Site.Page("/there", context => Redirect(context, other.Url("/f")));
        Site.Page("/f", context => Task.FromResult(here = context.Request.Headers["Authorization"]));
        other.Page("/f", context => Task.FromResult(there = context.Request.Headers["Authorization"]));
        string Known(string path) => Site.Url(path).Replace("http://", "http://user:pass@", StringComparison.Ordinal);

        await Fetch(new Artifact(Known("/here")), new Artifact(Known("/there")));

        Assert.Equal("Basic dXNlcjpwYXNz", here);
        Assert.Null(there);
    }

    [Theory]
    [InlineData("/loop", "more than 10 times")]
    [InlineData("file:///etc/passwd", "redirects to file")]
    [InlineData("ftp://host/x", "redirects to ftp")]
    public async Task A_redirect_that_has_no_end_or_leads_to_no_web_server_is_refused(string target, string reason)
    {
        Site.Page("/loop", context => Redirect(context, target));

        Assert.Contains(reason, await Refusal(new Artifact(Site.Url("/loop"))), StringComparison.Ordinal);
    }

    private static Task Redirect(System.Net.HttpListenerContext context, string target)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers["Location"] = target;
        return Task.CompletedTask;
    }

    private async Task<(string Sandbox, string Why)> Refused(params Artifact[] artifacts)
    {
        SandboxStore store = Store(Quick with { MaxArtifactSize = 1000, FetchAttempts = 1 });
        ContainerOrder order = Order(store, artifacts);
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => store.Prepare(order, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
        return (order.Sandbox!, error.Message);
    }
}
