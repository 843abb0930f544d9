using System.Diagnostics;
using System.Runtime.Versioning;
using ActorScheduler.Containers.Files;
using ActorScheduler.Processes;

namespace ActorScheduler.Containers.Specs.Files;

/// <summary>Deleting what others have made: whatever that is, nothing outside is touched, and all inside goes or is named.</summary>
[SupportedOSPlatform("linux")]
public sealed class TreeSpecs : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _tree;
    private readonly string _outside;

    public TreeSpecs()
    {
        _tree = Directory.CreateDirectory(Path.Combine(_folder.Path, "tree")).FullName;
        _outside = Directory.CreateDirectory(Path.Combine(_folder.Path, "outside", "inner")).Parent!.FullName;
        File.WriteAllText(Path.Combine(_outside, "kept"), "x");
        File.WriteAllText(Path.Combine(_outside, "inner", "kept"), "x");
    }

    [RootTheory("Only root may mount")]
    [InlineData("m")]
    [InlineData("a/b/m")]
    [InlineData("")]
    public void What_is_mounted_in_a_folder_is_neither_entered_nor_deleted_and_is_named(string at)
    {
        string target = Directory.CreateDirectory(Path.Combine(_tree, at)).FullName.TrimEnd('/');
        File.WriteAllText(Path.Combine(_tree, "gone"), "x");
        Run("mount", "--bind", _outside, target);
        try
        {
            IOException error = Assert.Throws<IOException>(() => Tree.Delete(_tree));

            Assert.Contains(at.Length == 0 ? _tree : $"{_tree}/{at}", error.Message, StringComparison.Ordinal);
            Assert.Contains("mounted", error.Message, StringComparison.Ordinal);
            Assert.Equal(["inner/kept", "kept"], Kept());
            Assert.Equal(at.Length == 0, File.Exists(Path.Combine(_tree, at.Length == 0 ? "kept" : "gone")));
        }
        finally
        {
            Run("umount", target);
        }
        Tree.Delete(_tree);
        Assert.False(Directory.Exists(_tree));
    }

    [RootFact("Only root may mount")]
    public void A_single_file_that_is_mounted_keeps_what_it_has()
    {
        string target = Path.Combine(_tree, "f");
        File.WriteAllText(target, "");
        Run("mount", "--bind", Path.Combine(_outside, "kept"), target);
        try
        {
            Assert.Contains("/f: ", Assert.Throws<IOException>(() => Tree.Delete(_tree)).Message, StringComparison.Ordinal);
            Assert.Equal("x", File.ReadAllText(Path.Combine(_outside, "kept")));
        }
        finally
        {
            Run("umount", target);
        }
    }

    [RootFact("Only root may mount")]
    public void Another_file_system_is_not_entered_and_what_clears_a_mount_clears_that_mount_alone()
    {
        string outer = Directory.CreateDirectory(Path.Combine(_tree, "outer")).FullName;
        Run("mount", "-t", "tmpfs", "none", outer);
        string inner = Directory.CreateDirectory(Path.Combine(outer, "inner")).FullName;
        File.WriteAllText(Path.Combine(outer, "gone"), "x");
        Run("mount", "--bind", _outside, inner);
        try
        {
            Assert.Throws<IOException>(() => Tree.Delete(_tree));
            Assert.True(File.Exists(Path.Combine(outer, "gone")));

            Assert.Throws<IOException>(() => Tree.Clear(outer));
            Assert.False(File.Exists(Path.Combine(outer, "gone")));
            Assert.Equal(["inner/kept", "kept"], Kept());
        }
        finally
        {
            Run("umount", inner);
            Run("umount", outer);
        }
    }

    [Fact]
    public void Links_go_and_what_they_lead_to_stays()
    {
        File.CreateSymbolicLink(Path.Combine(_tree, "file"), Path.Combine(_outside, "kept"));
        File.CreateSymbolicLink(Path.Combine(_tree, "folder"), _outside);
        File.CreateSymbolicLink(Path.Combine(_tree, "circle"), "circle");
        File.CreateSymbolicLink(Path.Combine(_tree, "broken"), "nowhere");
        string link = Path.Combine(_folder.Path, "link");
        File.CreateSymbolicLink(link, _outside);

        Tree.Delete(_tree);
        Tree.Delete(link);

        Assert.False(Directory.Exists(_tree));
        Assert.Null(new FileInfo(link).LinkTarget);
        Assert.Equal(["inner/kept", "kept"], Kept());
    }

    [Theory]
    [InlineData(30)]
    [InlineData(5000)]
    public void However_deep_it_is_it_goes(int depth)
    {
        // 200 signs each: 5,000 are a path of a megabyte, which no call takes.
        Run("python3", "-c", $"import os\nos.chdir('{_tree}')\nfor i in range({depth}):\n os.mkdir('d'*200); os.chdir('d'*200)\n if i % 100 == 0: open('f','w').close()");

        Tree.Delete(_tree);

        Assert.False(Directory.Exists(_tree));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Generated_trees_of_every_kind_of_file_with_names_of_any_bytes_go_whole(int seed)
    {
        Run("python3", "-c", $$"""
            import os, random, socket
            r = random.Random({{seed}})
            def name():
                n = bytes(r.choice([c for c in range(1, 256) if c != 47]) for _ in range(r.randint(1, 60)))
                return n if n not in (b'.', b'..') else b'x'
            folders = [b'{{_tree}}']
            for i in range(300):
                at = os.path.join(r.choice(folders), name())
                if len(at) > 3000 or os.path.lexists(at): continue
                kind = r.randint(0, 6)
                if kind <= 1: os.mkdir(at); folders.append(at)
                elif kind == 2: os.symlink(r.choice([b'{{_outside}}', b'..', b'/', name()]), at)
                elif kind == 3: os.mkfifo(at)
                elif kind == 4: os.mknod(at, 0o600 | 0o010000)
                else: open(at, 'w').close()
            for f in folders[1:]:
                os.chmod(f, r.choice([0, 0o555, 0o700, 0o1777]))
            """);

        Tree.Delete(_tree);

        Assert.False(Directory.Exists(_tree));
        Assert.Equal(["inner/kept", "kept"], Kept());
    }

    [Fact]
    public void What_is_not_there_is_deleted_already_and_a_plain_file_is_deleted_too()
    {
        Tree.Delete(Path.Combine(_tree, "none"));
        Tree.Delete(Path.Combine(_tree, "none", "none"));
        File.WriteAllText(Path.Combine(_tree, "file"), "x");
        Tree.Delete(Path.Combine(_tree, "file"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_tree));
    }

    [RootFact("Only root may mount")]
    public void What_is_measured_has_no_holes_counts_a_file_once_and_does_not_follow_links_or_mounts()
    {
        string file = Path.Combine(_tree, "file"), mount = Directory.CreateDirectory(Path.Combine(_tree, "mount")).FullName;
        File.WriteAllBytes(file, new byte[10_000]);
        Run("ln", file, Path.Combine(_tree, "again"));
        Run("truncate", "-s", "3G", Path.Combine(_tree, "hole"));
        File.WriteAllBytes(Path.Combine(_outside, "large"), new byte[50_000]);
        File.CreateSymbolicLink(Path.Combine(_tree, "link"), _outside);
        Run("mount", "--bind", _outside, mount);
        try
        {
            Assert.InRange(Tree.Measure(_tree), 10_000, 10_000 + 4096);
        }
        finally
        {
            Run("umount", mount);
        }
    }

    public void Dispose() => _folder.Dispose();

    private string[] Kept() => [.. Directory.EnumerateFiles(_outside, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_outside, file)).Order(StringComparer.Ordinal)];

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
