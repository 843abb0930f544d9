using System.Diagnostics;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Containers;
using ActorScheduler.Model;
using ActorScheduler.Processes;
using ActorScheduler.Protocol;

namespace ActorScheduler.Agent.Specs.Sandboxes;

public sealed class SandboxStoreSpecs : SandboxSpec
{
    private static readonly Reservation Eng = Reservation.Dynamic("eng");

    private static Resources Volume(string id, double size = 10, string role = "eng") =>
        Resources.From(Resource.PersistentVolume(size, id, [Reservation.Dynamic(role)]));

    [Theory]
    [InlineData(0, 6.3)]
    [InlineData(0.5, 2.8)]
    [InlineData(0.9, 0)]
    [InlineData(1, 0)]
    public void The_age_that_is_allowed_shrinks_as_the_disk_fills(double used, double days)
    {
        // 7 days x (1 - 0.1 - used)
        Assert.Equal(days, SandboxStore.MaxAge(Quick, used).TotalDays, 6);
    }

    [Fact]
    public async Task A_sandbox_of_an_image_is_in_a_folder_that_nobody_else_enters_and_is_found_and_removed_like_any_other()
    {
        SandboxStore store = Store();
        ContainerOrder plain = Order(store), image = InImage(store);
        foreach (ContainerOrder order in new[] { plain, image })
            await store.Prepare(order, CancellationToken.None);

        Assert.NotEqual(Path.GetDirectoryName(plain.Sandbox), Path.GetDirectoryName(image.Sandbox));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(image.Sandbox)!));
        Assert.Equal(image.Sandbox, store.Folders.SandboxOf(image.RunId));
        Assert.Equal(image.Sandbox, store.Place(image).Sandbox);
        Assert.Equal(new[] { plain.RunId, image.RunId }.Order(), store.List().Order());
        Assert.Equal([image.RunId], store.Collect([image.RunId], TimeSpan.Zero).Removed);
        Assert.False(Directory.Exists(image.Sandbox));
    }

    [Fact]
    public void A_sandbox_of_an_image_that_an_earlier_version_made_is_found_where_it_is()
    {
        SandboxStore store = Store();
        ContainerOrder image = InImage(store);
        string old = Directory.CreateDirectory(Path.Combine(store.Folders.Sandboxes, image.RunId)).FullName;

        Assert.Equal(old, store.Place(image).Sandbox);
        Assert.Equal(old, store.Folders.SandboxOf(image.RunId));
        Assert.Equal([image.RunId], store.List());
    }

    private static ContainerOrder InImage(SandboxStore store)
    {
        ContainerOrder order = Order(store);
        return store.Place(order with { RunId = $"{order.RunId}i", Task = order.Task with { Container = new ContainerInfo("busybox") } });
    }

    [Fact]
    public async Task Sandboxes_of_ended_runs_are_removed_by_age_and_others_stay()
    {
        SandboxStore store = Store();
        ContainerOrder old = Order(store), young = Order(store), live = Order(store);
        foreach (ContainerOrder order in new[] { old, young, live })
            await store.Prepare(order, CancellationToken.None);
        Directory.SetLastWriteTimeUtc(old.Sandbox!, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));
        Directory.SetLastWriteTimeUtc(live.Sandbox!, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));

        (IReadOnlyList<string> removed, IReadOnlyDictionary<string, string> failed) = store.Collect([old.RunId, young.RunId], TimeSpan.FromDays(1));

        Assert.Empty(failed);
        Assert.Equal([old.RunId], removed);
        Assert.Equal([.. new[] { young.RunId, live.RunId }.Order(StringComparer.Ordinal)], store.List().Order(StringComparer.Ordinal));
        Assert.Equal(2, RunRecord.Load(store.Folders).Count);
        Assert.True(store.MaxAge() <= Quick.GcAge);
    }

    /// <summary>What a task may have made of its sandbox, by a program of the host's in it.</summary>
    [RootTheory("Only root may mount")]
    [InlineData("mkdir m && mount --bind ../../outside m", "/m: something is mounted there")]
    [InlineData("mkdir m && mount -t tmpfs none m", "/m: something is mounted there")]
    [InlineData("touch f && mount --bind ../../outside/kept f", "/f: it is in use")]
    [InlineData("touch $(printf 'a\\377\\nb') && ln -s ../../outside l && mkfifo p && mkdir -m 0 d", null)]
    [InlineData("n=$(printf 'x%.0s' $(seq 250)); for i in $(seq 20); do mkdir $n && cd $n; done; cd /", null)]
    public async Task One_sandbox_that_cannot_be_removed_is_named_with_its_reason_and_the_others_are_removed(string program, string? reason)
    {
        SandboxStore store = Store();
        ContainerOrder before = Order(store), bad = Order(store), after = Order(store);
        foreach (ContainerOrder order in new[] { before, bad, after })
            await store.Prepare(order, CancellationToken.None);
        string outside = Directory.CreateDirectory(Path.Combine(Folder.Path, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "kept"), "x");
        using (var shell = Process.Start(new ProcessStartInfo("sh", ["-c", program]) { WorkingDirectory = bad.Sandbox! })!)
        {
            await shell.WaitForExitAsync();
            Assert.Equal(0, shell.ExitCode);
        }
        try
        {
            (IReadOnlyList<string> removed, IReadOnlyDictionary<string, string> failed) = store.Collect([before.RunId, bad.RunId, after.RunId], TimeSpan.Zero);

            Assert.Equal(reason is null ? [before.RunId, bad.RunId, after.RunId] : [before.RunId, after.RunId], removed);
            Assert.Equal(reason is null ? [] : [bad.RunId], failed.Keys);
            Assert.All(failed.Values, why => Assert.StartsWith($"{bad.Sandbox}{reason}", why, StringComparison.Ordinal));
            Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(outside, "kept")));
        }
        finally
        {
            using var unmount = Process.Start("sh", ["-c", $"cd {bad.Sandbox} 2>/dev/null && umount m f 2>/dev/null"]);
            await unmount.WaitForExitAsync();
        }
    }

    [Fact]
    public void A_persistent_volume_is_a_mount_below_its_role()
    {
        SandboxStore store = Store();

        ContainerOrder order = Order(store, Given.Task("t") with { Resources = Resources.Of(cpus: 1).Add(Volume("v1", role: "eng/web")) });

        ContainerMount mount = Assert.Single(order.Mounts);
        Assert.Equal((Path.Combine(Folder.Path, "volumes/roles/eng web/v1"), "data", false), (mount.HostPath, mount.ContainerPath, mount.IsReadOnly));
    }

    [Fact]
    public async Task A_volume_outlives_tasks_and_is_empty_when_it_was_destroyed_and_made_anew()
    {
        SandboxStore store = Store();
        ContainerOrder order = Order(store, Given.Task("t") with { Resources = Resources.Of(cpus: 1).Add(Volume("v1")) });
        await store.Prepare(order, CancellationToken.None);
        string file = Path.Combine(order.Mounts[0].HostPath, "kept");
        await File.WriteAllTextAsync(file, "x");
        await store.Prepare(order, CancellationToken.None);
        Assert.True(File.Exists(file));
        await store.Volumes.Sweep(Volume("v1").Add(Volume("other")));
        Assert.True(File.Exists(file));

        IReadOnlyCollection<ResourceKey> destroyed = store.Folders.DestroyedBy([(Volume("v1"), Resources.Of(disk: 10).PushReservation(Eng)), (Resources.Of(disk: 10).PushReservation(Eng), Volume("v1"))]);
        await Task.WhenAll(store.Volumes.Destroy(destroyed), store.Prepare(order, CancellationToken.None));

        Assert.Empty(Directory.EnumerateFileSystemEntries(order.Mounts[0].HostPath));
        Assert.Empty(Directory.EnumerateFileSystemEntries(store.Folders.Destroyed));
    }

    [Fact]
    public async Task A_volume_that_grows_is_the_same_one_and_one_that_was_destroyed_before_a_crash_is_swept()
    {
        SandboxStore store = Store();
        ContainerOrder order = Order(store, Given.Task("t") with { Resources = Volume("v1").Add(Volume("v2")) });
        await store.Prepare(order, CancellationToken.None);

        Assert.Empty(store.Folders.DestroyedBy([(Volume("v1", 10).Add(Resources.Of(disk: 5).PushReservation(Eng)), Volume("v1", 15))]));
        await store.Volumes.Sweep(Volume("v2"));

        Assert.Equal(["v2"], Directory.EnumerateDirectories(Path.Combine(store.Folders.Volumes, "eng")).Select(Path.GetFileName));
    }

    [RootFact("Only root gives files to others")]
    public async Task Volumes_are_for_the_users_of_their_tasks_alone()
    {
        SandboxStore store = OpenStore();
        ContainerOrder own = Order(store, Given.Task("a") with { Resources = Volume("own", role: "own") }), nobodys = Order(store, Given.Task("b") with { Resources = Volume("v", role: "nobodys") }) with { User = "nobody" };
        ContainerOrder image = Order(store, Given.Task("c") with { Resources = Volume("i", role: "images"), Container = new ContainerInfo("nginx") });
        foreach (ContainerOrder order in new[] { own, nobodys, image })
        {
            await store.Prepare(order, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(order.Mounts[0].HostPath, "data"), "secret");
        }

        Assert.False(await Reads("nobody", own));
        Assert.False(await Reads("nobody", image));
        Assert.True(await Reads("nobody", nobodys));
        Assert.False(await Reads("daemon", nobodys));
        // Neither are their names for others; of the image's, which anybody in a container may read, only the way is barred.
        Assert.Equal(("711", "700", "711", "700"), (Mode(store.Folders.Volumes), Mode(Parent(own)), Mode(Parent(nobodys)), Mode(Parent(image))));
        Assert.Equal(("700", "700", "755"), (Mode(own.Mounts[0].HostPath), Mode(nobodys.Mounts[0].HostPath), Mode(image.Mounts[0].HostPath)));
    }

    [RootFact("Only root gives files to others")]
    public async Task Volumes_of_an_earlier_version_become_so_when_the_agent_starts()
    {
        SandboxStore store = OpenStore();
        Resources volumes = Volume("own", role: "own").Add(Volume("v", role: "nobodys"));
        ContainerOrder own = Order(store, Given.Task("a") with { Resources = Volume("own", role: "own") }), nobodys = Order(store, Given.Task("b") with { Resources = Volume("v", role: "nobodys") }) with { User = "nobody" };
        foreach (ContainerOrder order in new[] { own, nobodys })
        {
            await store.Prepare(order, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(order.Mounts[0].HostPath, "data"), "secret");
            await Shell($"chmod 755 {Folder.Path}/volumes {store.Folders.Volumes} '{Parent(order)}' '{order.Mounts[0].HostPath}'");
        }
        Assert.True(await Reads("daemon", nobodys));

        await store.Volumes.Sweep(volumes);

        Assert.False(await Reads("nobody", own));
        Assert.True(await Reads("nobody", nobodys));
        Assert.False(await Reads("daemon", nobodys));
    }

    [RootFact("Only root gives files to others")]
    public async Task A_shared_volume_is_for_all_who_get_there()
    {
        SandboxStore store = OpenStore();
        Resources shared = Resources.From(Resource.PersistentVolume(10, "s", [Reservation.Dynamic("eng")], isShared: true));
        ContainerOrder first = Order(store, Given.Task("a") with { Resources = shared }) with { User = "nobody" }, second = Order(store, Given.Task("b") with { Resources = shared }) with { User = "daemon" };
        await store.Prepare(first, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(first.Mounts[0].HostPath, "data"), "common");
        await store.Prepare(second, CancellationToken.None);

        Assert.True(await Reads("nobody", first));
        Assert.True(await Reads("daemon", second));
    }

    [Fact]
    public async Task What_is_read_of_a_sandbox_is_in_it_and_a_plain_file()
    {
        SandboxStore store = Store();
        ContainerOrder order = Order(store);
        await store.Prepare(order, CancellationToken.None);
        string sandbox = order.Sandbox!;
        await File.WriteAllTextAsync(Path.Combine(sandbox, "stdout"), "0123456789");
        File.CreateSymbolicLink(Path.Combine(sandbox, "latest"), "stdout");
        File.CreateSymbolicLink(Path.Combine(sandbox, "passwd"), "/etc/passwd");
        File.CreateSymbolicLink(Path.Combine(sandbox, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(sandbox, "circle"), "circle");
        using (var pipe = Process.Start("mkfifo", [Path.Combine(sandbox, "pipe")]))
            await pipe.WaitForExitAsync();

        Assert.Equal("234", Text("stdout", 2, 3));
        Assert.Equal("789", Text("latest", -3, 100));
        Assert.Equal("0123456789", Text("stdout", -100, 100));
        Assert.Equal("", Text("stdout", 100, 100));
        foreach (string path in new[] { "passwd", "up/../x", "../x", "/etc/passwd", "up", "pipe", "circle", "none", "", "stdout/x" })
            Assert.False(SandboxReader.Read(sandbox, path, 0, 10).IsOk, path);
        Assert.False(SandboxReader.List(sandbox, "up").IsOk);
        Assert.Equal(["circle", "latest", "passwd", "pipe", "stdout", "up"], SandboxReader.List(sandbox, "").Value.Files.Select(static file => file.Name));

        // Not what they lead to: whether that is there, and who may read it, is nobody's business.
        FileEntry[] links = [.. SandboxReader.List(sandbox, "").Value.Files.Where(static file => file.Mode[0] == 'l')];
        Assert.Equal(["circle", "latest", "passwd", "up"], links.Select(static link => link.Name));
        Assert.All(links, static link => Assert.Equal(("lrwxrwxrwx", 0), (link.Mode, link.Size)));
        Assert.All(links, static link => Assert.InRange(link.ModifiedAt, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow()));

        string Text(string path, long offset, int length) => System.Text.Encoding.UTF8.GetString(SandboxReader.Read(sandbox, path, offset, length).Value.Data.Span);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FileLimits.MostListed)]
    [InlineData(FileLimits.MostListed + 1)]
    [InlineData((3 * FileLimits.MostListed) + 7)]
    public void A_long_list_is_told_in_pages_without_gap_or_repetition(int count)
    {
        for (int i = 0; i < count; i++)
            File.WriteAllText(Path.Combine(Folder.Path, $"f{i}"), "");
        var names = new List<string>();
        for (bool more = true; more;)
        {
            (IReadOnlyList<FileEntry> files, bool isComplete) = SandboxReader.List(Folder.Path, "", names.LastOrDefault()).Value;
            Assert.InRange(files.Count, 0, FileLimits.MostListed);
            names.AddRange(files.Select(static file => file.Name));
            more = !isComplete;
        }

        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"f{i}").Order(StringComparer.Ordinal), names);
    }

    /// <summary>Others pass to it, as they do to an agent's data folder.</summary>
    private SandboxStore OpenStore()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        return Store();
    }

    private static string Parent(ContainerOrder order) => Path.GetDirectoryName(order.Mounts[0].HostPath)!;

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    /// <summary>Whether a user of the host reads what a volume has, by its path. Folders above those of the agent are open here.</summary>
    private static async Task<bool> Reads(string user, ContainerOrder order)
    {
        using var reading = Process.Start(new ProcessStartInfo("runuser", ["-u", user, "--", "cat", Path.Combine(order.Mounts[0].HostPath, "data")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await reading.WaitForExitAsync();
        return reading.ExitCode == 0;
    }

    private static async Task Shell(string line)
    {
        using var shell = Process.Start("sh", ["-c", line]);
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}
