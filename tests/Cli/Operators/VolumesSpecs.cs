using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;
using ActorScheduler.Protocol;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class VolumesSpecs
{
    private static readonly Reservation Eng = Reservation.Dynamic("eng", "ops");

    [Fact]
    public void A_volume_is_made_of_what_is_reserved_for_the_role()
    {
        Resources idle = Resources.Of(disk: 500).Add(Disk(100, Eng)).Add(Disk(100, Reservation.Static("qa")));

        var create = (Operation.Create)Volumes.Create(idle, "eng", "v1", 60_000, "data", "ops").Value;

        Resource volume = Assert.Single(create.Volumes.Objects());
        Assert.Equal((60_000, "data", "ops"), (volume.ScalarMilli, volume.Key.Disk!.Volume!.ContainerPath, volume.Key.Disk.Persistence!.Principal));
        Conversion conversion = Conversions.Of(create, role: null).Value;
        Assert.Equal(Disk(60, Eng), conversion.Consumed);
        Assert.Equal("disk(STATIC qa)[volume v2]#100:100", $"{((Operation.Create)Volumes.Create(idle, "qa", "v2", 100_000, "v2", null).Value).Volumes}");
    }

    [Fact]
    public void A_volume_lies_on_one_disk_and_not_on_what_another_one_reserved()
    {
        var mount = new DiskSource(DiskSourceKind.Mount, Root: "/m");
        Resources idle = Disk(50, Eng).Add(Resources.From(new Resource(new ResourceKey(ResourceName.Disk, reservations: [Eng], disk: new DiskInfo(mount), size: 200_000), new Amount(1))));

        Assert.Equal("disk(DYNAMIC eng ops)[MOUNT /m, volume v]#200:200", $"{((Operation.Create)Volumes.Create(idle, "eng", "v", 200_000, "v", null).Value).Volumes}");
        Assert.Equal(
            "--size: 60 MiB of one disk have to be idle and reserved for 'eng', 50 MiB and 200 MiB are; 'asched reserve' reserves disk",
            $"{Volumes.Create(idle, "eng", "v", 60_000, "v", null).Problem}");
        Assert.Equal(
            "--size: 50 MiB of one disk have to be idle and reserved for 'eng', none are; 'asched reserve' reserves disk", $"{Volumes.Create(idle, "eng", "v", 50_000, "v", "me").Problem}");
    }

    [Fact]
    public void Volumes_are_listed_with_what_becomes_of_them()
    {
        Resource used = Resource.PersistentVolume(10, "a", [Eng]), offered = Resource.PersistentVolume(20, "b", [Eng]), idle = Resource.PersistentVolume(30, "a", [Reservation.Static("qa")]);
        AgentSummary agent = Agent(Resources.From(used, offered, idle).Add(Disk(5, Eng)), Resources.From(used), Resources.From(offered));

        Assert.Equal(
            ["a eng 10 used data", "b eng 20 offered data", "a qa 30 idle data"],
            Volumes.Of(agent).Select(static volume => $"{volume.Id} {volume.Role} {volume.SizeMiB} {volume.State} {volume.ContainerPath}"));
    }

    [Fact]
    public void A_volume_is_destroyed_by_its_id_where_that_says_which_and_nobody_uses_it()
    {
        Resource used = Resource.PersistentVolume(10, "a", [Eng]), idle = Resource.PersistentVolume(30, "a", [Reservation.Static("qa")]);
        AgentSummary agent = Agent(Resources.From(used, idle), Resources.From(used), Resources.Empty);

        Assert.Equal(Resources.From(idle), ((Operation.Destroy)Volumes.Destroy(agent, "a", "qa").Value).Volumes);
        Assert.Equal("--role: there are volumes 'a' of the roles eng, qa; say which", $"{Volumes.Destroy(agent, "a", null).Problem}");
        Assert.StartsWith("ID: volume 'a' of role 'eng' is in use", $"{Volumes.Destroy(agent, "a", "eng").Problem}", StringComparison.Ordinal);
        Assert.Equal("ID: there is no volume 'b' on s, which has a of role eng, a of role qa", $"{Volumes.Destroy(agent, "b", null).Problem}");
        Assert.Equal("ID: there is no volume 'b' of role 'qa' on s, which has none", $"{Volumes.Destroy(Agent(Resources.Empty, Resources.Empty, Resources.Empty), "b", "qa").Problem}");
    }

    [Theory]
    [InlineData("data")]
    [InlineData("data-")]
    [InlineData("")]
    public void What_is_kept_is_deleted_by_its_whole_id_alone(string id)
    {
        AgentSummary agent = Agent(Resources.From(Resource.PersistentVolume(10, "data-1", [Eng])), Resources.Empty, Resources.Empty);

        Assert.StartsWith($"ID: there is no volume '{id}'", $"{Volumes.Destroy(agent, id, null).Problem}", StringComparison.Ordinal);
        Assert.True(Volumes.Destroy(agent, "data-1", null).TryGet(out _, out _));
    }

    private static Resources Disk(double mib, Reservation layer) => Resources.Of(disk: mib).PushReservation(layer);

    private static AgentSummary Agent(Resources total, Resources used, Resources offered) =>
        new(new AgentInfo(new AgentId("s"), "host"), AgentState.Registered, true, false, false, total, used, offered, 0, null, null);
}
