namespace ActorScheduler.Model.Specs;

public sealed class ConversionsSpecs
{
    private static readonly Reservation Ops = Reservation.Dynamic("ops", "alice");

    [Fact]
    public void Reserve_and_unreserve_are_each_others_inverse()
    {
        Resources plain = Resources.Of(cpus: 2, mem: 64);
        Conversion there = Conversions.Of(new Operation.Reserve(plain.PushReservation(Ops)), "ops").Value;
        Assert.Equal(plain, there.Consumed);
        Conversion back = Conversions.Of(new Operation.Unreserve(there.Converted), "ops").Value;
        Assert.Equal(plain, back.Converted);
    }

    [Fact]
    public void A_refinement_takes_from_the_reservation_above()
    {
        Resources outer = Resources.Of(cpus: 2).PushReservation(Ops);
        Resources inner = outer.PushReservation(Reservation.Dynamic("ops/db"));
        Assert.Equal(outer, Conversions.Of(new Operation.Reserve(inner), "ops/db").Value.Consumed);
    }

    [Fact]
    public void Reserve_with_a_source_moves_between_reservations()
    {
        Resources from = Resources.Of(cpus: 2).PushReservation(Ops);
        Resources to = Resources.Of(cpus: 2).PushReservation(Reservation.Dynamic("web"));
        Assert.Equal(from, Conversions.Of(new Operation.Reserve(to, from), "web").Value.Consumed);
        Assert.Equal("reserve.source", Conversions.Of(new Operation.Reserve(to, Resources.Of(cpus: 3)), "web").Problem!.Field);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//.")]
    [InlineData("/proc")]
    [InlineData("/dev/shm")]
    [InlineData("stdout")]
    [InlineData("./.asched-logs")]
    [InlineData(".")]
    public void A_volume_is_not_made_in_the_place_of_what_tasks_need(string path)
    {
        ResourceKey key = Resource.PersistentVolume(64, "v1", [Ops]).Key;
        var volume = new Resource(new ResourceKey(key.Name, reservations: key.Reservations, disk: key.Disk! with { Volume = new Volume(path) }, size: key.Size), new Amount(1));

        Problem? problem = Conversions.Of(new Operation.Create(Resources.From(volume)), "ops").Problem;

        Assert.Equal("create.volumes.disk.volume.container_path", problem?.Field);
    }

    [Fact]
    public void Volumes_are_made_of_reserved_disk_and_give_it_back()
    {
        Resources volume = Resources.From(Resource.PersistentVolume(64, "v1", [Ops]));
        Resources disk = Resources.From(Resource.Scalar("disk", 64, Ops));
        Assert.Equal(disk, Conversions.Of(new Operation.Create(volume), "ops").Value.Consumed);
        Assert.Equal(disk, Conversions.Of(new Operation.Destroy(volume), "ops").Value.Converted);
    }

    [Fact]
    public void Volumes_grow_and_shrink()
    {
        Resource volume = Resource.PersistentVolume(64, "v1", [Ops]);
        Conversion grown = Conversions.Of(new Operation.GrowVolume(volume, Resource.Scalar("disk", 36, Ops)), "ops").Value;
        Assert.Equal(Resources.From(Resource.PersistentVolume(100, "v1", [Ops])), grown.Converted);
        Conversion shrunk = Conversions.Of(new Operation.ShrinkVolume(volume, 24_000), "ops").Value;
        Assert.Equal(Resources.From(Resource.PersistentVolume(40, "v1", [Ops]), Resource.Scalar("disk", 24, Ops)), shrunk.Converted);
        Assert.False(Conversions.Of(new Operation.ShrinkVolume(volume, 64_000), "ops").IsOk);
        Assert.False(Conversions.Of(new Operation.GrowVolume(volume, Resource.Scalar("disk", 36)), "ops").IsOk);
    }

    [Fact]
    public void What_makes_no_sense_is_told()
    {
        Assert.Equal("reserve.resources", Conversions.Of(new Operation.Reserve(Resources.Of(cpus: 1)), "ops").Problem!.Field);
        Assert.False(Conversions.Of(new Operation.Reserve(Resources.Of(cpus: 1).PushReservation(Ops)), "web").IsOk);
        Assert.False(Conversions.Of(new Operation.Unreserve(Resources.From(Resource.Scalar("cpus", 1, Reservation.Static("a")))), null).IsOk);
        Assert.False(Conversions.Of(new Operation.Unreserve(Resources.From(Resource.PersistentVolume(1, "v", [Ops]))), null).IsOk);
        Assert.False(Conversions.Of(new Operation.Create(Resources.Of(disk: 1)), "ops").IsOk);
    }

    [Fact]
    public void A_move_between_reservations_makes_nothing_out_of_nothing()
    {
        // Scalars alone do not tell: ports, what may be taken back, volumes and static reservations must stay what they are.
        var web = Reservation.Dynamic("web");
        Resources few = Resources.Of(cpus: 1, ports: ValueRanges.Of(1, 10)), many = Resources.Of(cpus: 1, ports: ValueRanges.Of(1, 1000));
        var revocable = Resources.From(new Resource(new ResourceKey(ResourceName.Cpus, isRevocable: true), new Amount(1000)));
        var volume = Resources.From(Resource.PersistentVolume(10, "v", [Ops]));
        Resources fixedly = Resources.Of(cpus: 1).PushReservation(Reservation.Static("ops"));
        Assert.NotNull(Move(few, many.PushReservation(web)));
        Assert.NotNull(Move(revocable, Resources.Of(cpus: 1).PushReservation(web)));
        Assert.NotNull(Move(volume, Resources.Of(disk: 10).PushReservation(web)));
        Assert.NotNull(Move(fixedly, Resources.Of(cpus: 1).PushReservation(web)));
        Assert.NotNull(Move(Resources.Of(cpus: 1), fixedly.PushReservation(Reservation.Dynamic("ops/web"))));

        static Problem? Move(Resources from, Resources to) => Conversions.Of(new Operation.Reserve(to, from), null).Problem;
    }

    [Fact]
    public void Two_volumes_of_one_id_are_not_made_at_once()
    {
        var twice = Resources.From(Resource.PersistentVolume(10, "v", [Ops]), Resource.PersistentVolume(20, "v", [Ops]));
        Assert.Equal("create.volumes", Conversions.Of(new Operation.Create(twice), "ops").Problem!.Field);
    }
}
