using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using ActorScheduler.Model;

namespace ActorScheduler.Agent.Specs.Sandboxes;

[UnsupportedOSPlatform("windows")]
public sealed class UnpackingSpecs : SandboxSpec
{
    [Theory]
    [InlineData("a.tar", "cf")]
    [InlineData("a.tar.gz", "czf")]
    [InlineData("a.tgz", "czf")]
    [InlineData("a.tar.bz2", "cjf")]
    [InlineData("a.tar.xz", "cJf")]
    public async Task Archives_of_the_hosts_tar_are_unpacked_with_modes_links_and_folders(string name, string option)
    {
        string source = Directory.CreateDirectory(Path.Combine(Folder.Path, "source", "bin")).FullName;
        await File.WriteAllTextAsync(Path.Combine(source, "run"), "#!/bin/sh");
        File.SetUnixFileMode(Path.Combine(source, "run"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(source, "link"), "run");
        string archive = Path.Combine(Folder.Path, name);
        using (var tar = Process.Start("tar", [option, archive, "-C", Path.Combine(Folder.Path, "source"), "."]))
            await tar.WaitForExitAsync();

        string sandbox = await Fetch(new Artifact(archive));

        Assert.Equal("#!/bin/sh", await File.ReadAllTextAsync(Path.Combine(sandbox, "bin/link")));
        Assert.True(File.GetUnixFileMode(Path.Combine(sandbox, "bin/run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task A_zip_and_a_single_packed_file_are_unpacked_unless_that_is_not_wanted()
    {
        string zip = Path.Combine(Folder.Path, "a.zip"), gz = Path.Combine(Folder.Path, "data.txt.gz");
        using (ZipArchive archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create))
        {
            await using Stream entry = await archive.CreateEntry("sub/file.txt").OpenAsync();
            await entry.WriteAsync("zipped"u8.ToArray());
        }
        await using (var packed = new GZipStream(File.Create(gz), CompressionMode.Compress))
            await packed.WriteAsync("packed"u8.ToArray());

        string sandbox = await Fetch(new Artifact(zip), new Artifact(gz, Cache: true));
        string raw = await Fetch(new Artifact(gz, Extract: false));

        Assert.Equal("zipped", await File.ReadAllTextAsync(Path.Combine(sandbox, "sub/file.txt")));
        Assert.Equal("packed", await File.ReadAllTextAsync(Path.Combine(sandbox, "data.txt")));
        Assert.Equal(["data.txt.gz"], Directory.EnumerateFiles(raw).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/evil")]
    [InlineData("a/../../evil")]
    public async Task An_entry_that_leads_outside_is_refused(string name)
    {
        string zip = Path.Combine(Folder.Path, "a.zip");
        using (ZipArchive archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create))
            archive.CreateEntry(name);

        Assert.Equal($"{zip}: its entry '{name}' leads outside", await Refusal(new Artifact(zip)));
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("x/../../y")]
    public async Task A_link_that_leads_outside_is_refused(string target)
    {
        string tar = await Tar(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = target });

        Assert.Equal($"{tar}: its link 'link' leads outside, to '{target}'", await Refusal(new Artifact(tar)));
    }

    [Fact]
    public async Task A_link_that_stays_in_the_sandbox_is_followed_to_where_it_really_leads()
    {
        // d/e/f leads to the archive's own folder.
        string tar = await Tar(
            new PaxTarEntry(TarEntryType.Directory, "d/e"), new PaxTarEntry(TarEntryType.SymbolicLink, "d/e/f") { LinkName = "../.." },
            new PaxTarEntry(TarEntryType.RegularFile, "d/e/f/inside") { DataStream = new MemoryStream("x"u8.ToArray()) });

        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(await Fetch(new Artifact(tar)), "inside")));
    }

    [Theory]
    [InlineData("a", "/outside", "a/evil")]
    [InlineData("a", "/", "a/tmp/evil")]
    [InlineData("a", "a", "a/evil")]
    [InlineData("a", "b/..", "a/../evil")]
    public async Task Nothing_is_written_through_a_link_that_leads_outside(string link, string to, string name)
    {
        string tar = await Tar(
            new PaxTarEntry(TarEntryType.Directory, "b"), new PaxTarEntry(TarEntryType.SymbolicLink, link) { LinkName = to },
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) });

        Assert.Contains($"its entry '{name}' leads outside", await Refusal(new Artifact(tar)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_two_steps_away_from_the_sandbox_lead_nowhere_else()
    {
        // Each stays inside by its text; by way of the first, the second does not.
        string tar = await Tar(
            new PaxTarEntry(TarEntryType.Directory, "b/c"), new PaxTarEntry(TarEntryType.SymbolicLink, "up") { LinkName = "b/.." },
            new PaxTarEntry(TarEntryType.SymbolicLink, "b/c/out") { LinkName = "../../up/b/../.." },
            new PaxTarEntry(TarEntryType.RegularFile, "b/c/out/evil") { DataStream = new MemoryStream("x"u8.ToArray()) });

        Assert.Contains("leads outside", await Refusal(new Artifact(tar)), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder.Path, "sandboxes", "evil")));
    }

    [Fact]
    public async Task A_file_that_replaces_a_link_does_not_follow_it()
    {
        string tar = await Tar(
            new PaxTarEntry(TarEntryType.RegularFile, "real") { DataStream = new MemoryStream("old"u8.ToArray()) },
            new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "real" },
            new PaxTarEntry(TarEntryType.RegularFile, "link") { DataStream = new MemoryStream("new"u8.ToArray()) });

        string sandbox = await Fetch(new Artifact(tar));

        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(sandbox, "real")));
    }

    [Fact]
    public async Task A_device_and_an_archive_that_becomes_too_large_and_one_that_is_none_are_refused()
    {
        Assert.Contains("no place in a sandbox", await Refusal(new Artifact(await Tar(new PaxTarEntry(TarEntryType.Fifo, "pipe")))), StringComparison.Ordinal);
        string large = await Tar(new PaxTarEntry(TarEntryType.RegularFile, "zeros") { DataStream = new MemoryStream(new byte[100_000]) });
        Assert.Contains("more than 99999 bytes", await Refusal(Quick with { MaxUnpackedSize = 99_999 }, new Artifact(large)), StringComparison.Ordinal);
        string none = Path.Combine(Folder.Path, "none.tar.gz");
        await File.WriteAllTextAsync(none, "this is text");
        Assert.Contains("damaged", await Refusal(new Artifact(none)), StringComparison.Ordinal);
        File.Move(none, Path.Combine(Folder.Path, "none.tar.xz"));
        Assert.Contains("damaged", await Refusal(new Artifact(Path.Combine(Folder.Path, "none.tar.xz"))), StringComparison.Ordinal);
    }

    private async Task<string> Tar(params TarEntry[] entries)
    {
        string file = Path.Combine(Folder.Path, $"{Guid.NewGuid():N}.tar");
        await using var writer = new TarWriter(File.Create(file));
        foreach (TarEntry entry in entries)
            await writer.WriteEntryAsync(entry);
        return file;
    }
}
