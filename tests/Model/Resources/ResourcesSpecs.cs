using System.Diagnostics;

namespace ActorScheduler.Model.Specs;

public sealed class ResourcesSpecs
{
    private static readonly Reservation Ops = Reservation.Dynamic("ops", "alice");

    [Fact]
    public void Tenths_add_up_exactly()
    {
        // 0.1 as a double added ten times is 0.9999999999999999; in thousandths 10 x 100 = 1000.
        Resources tenth = Resources.Of(cpus: 0.1);
        Resources sum = Enumerable.Range(0, 10).Aggregate(Resources.Empty, (left, _) => left.Add(tenth));
        Assert.Equal(Resources.Of(cpus: 1), sum);
        Assert.True(sum.Subtract(Resources.Of(cpus: 1)).IsEmpty);
    }

    [Fact]
    public void Contains_looks_at_every_kind()
    {
        Resources held = Resources.Of(2, 1024, 100, 1, ValueRanges.Of(31000, 32000))
            .Add(Resources.From(Resource.Scalar("bandwidth", 10), Resource.Scalar("cpus", 1, Ops)));
        Assert.True(held.Contains(Resources.Of(2, 1024, 100, 1, ValueRanges.Of(31500, 31600))));
        Assert.False(held.Contains(Resources.Of(cpus: 2.001)));
        Assert.False(held.Contains(Resources.Of(ports: ValueRanges.Of(30999, 31000))));
        Assert.True(held.Contains(Resources.From(Resource.Scalar("bandwidth", 10))));
        Assert.False(held.Contains(Resources.From(Resource.Scalar("bandwidth", 10.001))));
        Assert.False(held.Contains(Resources.From(Resource.Scalar("cpus", 1, Reservation.Dynamic("ops", "bob")))));
    }

    [Fact]
    public void Subtracting_what_is_not_there_is_refused()
    {
        Assert.False(Resources.Of(cpus: 1).TrySubtract(Resources.Of(cpus: 2), out _));
        Assert.Throws<InvalidOperationException>(() => Resources.Of(cpus: 1).Subtract(Resources.Of(mem: 1)));
        Assert.Equal(Resources.Of(mem: 5), Resources.Of(cpus: 1, mem: 5).SubtractOrEmpty(Resources.Of(cpus: 2)));
    }

    [Fact]
    public void Differently_labelled_reservations_do_not_merge()
    {
        Resource red = Resource.Scalar("cpus", 1, Reservation.Dynamic("ops", null, new Label("color", "red")));
        Resource blue = Resource.Scalar("cpus", 1, Reservation.Dynamic("ops", null, new Label("color", "blue")));
        Resources both = Resources.From(red, blue, red);
        Assert.Equal(2, both.ObjectCount);
        Assert.Equal(Quantities.Of(cpus: 3), both.Quantities);
        Assert.Equal(2000, both[red.Key].Number);
        Assert.Equal(Resources.From(red, red), both.Subtract(Resources.From(blue)));
    }

    [Fact]
    public void Label_order_does_not_matter_for_identity()
    {
        Resource one = Resource.Scalar("cpus", 1, Reservation.Dynamic("ops", null, new Label("a", "1"), new Label("b", "2")));
        Resource two = Resource.Scalar("cpus", 1, Reservation.Dynamic("ops", null, new Label("b", "2"), new Label("a", "1")));
        Assert.Equal(one.Key, two.Key);
        Assert.Equal(1, Resources.From(one, two).ObjectCount);
    }

    [Fact]
    public void Persistent_volumes_are_indivisible_and_shared_ones_count_once()
    {
        Resource volume = Resource.PersistentVolume(64, "v1", [Ops]);
        Assert.False(Resources.From(volume).Contains(Resources.From(Resource.PersistentVolume(32, "v1", [Ops]))));
        Resource shared = Resource.PersistentVolume(64, "v2", [Ops], isShared: true);
        Resources copies = Resources.From(shared, shared, shared);
        Assert.Equal(3, copies[shared.Key].Number);
        Assert.Equal(Quantities.Of(disk: 64), copies.Quantities);
    }

    [Fact]
    public void A_mount_disk_is_given_only_as_a_whole()
    {
        var mount = new DiskInfo(new DiskSource(DiskSourceKind.Mount, "/mnt/a"));
        var whole = new Resource(new ResourceKey(ResourceName.Disk, disk: mount, size: 1000_000), new Amount(1));
        var part = new Resource(new ResourceKey(ResourceName.Disk, disk: mount, size: 500_000), new Amount(1));
        Assert.False(Resources.From(whole).Contains(Resources.From(part)));
        Assert.True(Resources.From(whole).Contains(Resources.From(whole)));
    }

    [Fact]
    public void A_role_may_use_what_is_reserved_for_it_or_above_it()
    {
        Resources held = Resources.Of(cpus: 1).Add(Resources.From(
            Resource.Scalar("cpus", 2, Reservation.Dynamic("eng")),
            Resource.Scalar("cpus", 4, Reservation.Dynamic("eng"), Reservation.Dynamic("eng/web")),
            Resource.Scalar("cpus", 8, Reservation.Dynamic("english"))));
        Assert.Equal(1000, held.AllocatableTo("ops").Quantities.Cpus);
        Assert.Equal(3000, held.AllocatableTo("eng").Quantities.Cpus);
        Assert.Equal(7000, held.AllocatableTo("eng/web").Quantities.Cpus);
        Assert.Equal(["eng", "eng/web", "english"], held.ReservedRoles());
        Assert.True(held.HasRefined);
    }

    [Fact]
    public void Reservations_push_and_pop()
    {
        Resources plain = Resources.Of(cpus: 2, mem: 512, ports: ValueRanges.Of(1, 9));
        Resources reserved = plain.PushReservation(Ops);
        Assert.Equal(0, reserved.PlainCpus);
        Assert.Equal(plain, reserved.PopReservation());
    }

    [Fact]
    public void Eight_hundred_objects_on_one_agent_cost_no_more_than_the_few_that_change()
    {
        // Mesos took 131 s for 20 operations on such an agent (2.1 s after a fix). 20,000 here, of one object each: the bound is
        // generous for a busy machine and still 100 times below one scan of all per operation.
        Resource[] objects = [.. Enumerable.Range(0, 800).Select(i =>
            Resource.Scalar("cpus", 1, Reservation.Dynamic($"role{i}", "ops", new Label("n", $"{i}"))))];
        Resources agent = Resources.From(objects);
        long before = Stopwatch.GetTimestamp();
        for (int i = 0; i < 10_000; i++)
        {
            Resources one = Resources.From(objects[i % 800]);
            Assert.True(agent.Contains(one));
            agent = agent.Subtract(one);
            agent = agent.Add(one);
        }
        Assert.Equal(800, agent.ObjectCount);
        Assert.True(Stopwatch.GetElapsedTime(before) < TimeSpan.FromSeconds(2), $"{Stopwatch.GetElapsedTime(before)}");
    }

    [Fact]
    public void Random_sums_and_differences_agree_with_plain_dictionaries()
    {
        var random = new Random(7);
        ResourceKey[] keys =
        [
            new(ResourceName.Cpus), new(ResourceName.Mem), new(ResourceName.Of("bandwidth")), new(ResourceName.Cpus, isRevocable: true),
            new(ResourceName.Cpus, reservations: [Ops]), new(ResourceName.Disk, reservations: [Ops, Reservation.Dynamic("ops/a")]),
        ];
        for (int round = 0; round < 20_000; round++)
        {
            long[] left = [.. keys.Select(_ => (long)random.Next(0, 4))];
            long[] right = [.. keys.Select(_ => (long)random.Next(0, 4))];
            Resources a = Make(left), b = Make(right);
            Assert.Equal(Make([.. left.Zip(right, (x, y) => x + y)]), a.Add(b));
            bool contained = left.Zip(right, (x, y) => x >= y).All(x => x);
            Assert.Equal(contained, a.Contains(b));
            Assert.Equal(contained, a.TrySubtract(b, out Resources difference));
            if (contained)
                Assert.Equal(Make([.. left.Zip(right, (x, y) => x - y)]), difference);
            Assert.Equal(Make([.. left.Zip(right, (x, y) => Math.Max(0, x - y))]), a.SubtractOrEmpty(b));
        }

        Resources Make(long[] amounts) => Resources.From(keys.Zip(amounts, (key, amount) => new Resource(key, new Amount(amount))));
    }
}
