using ActorScheduler.Cli.Operators;
using ActorScheduler.Model;

namespace ActorScheduler.Cli.Specs.Operators;

public sealed class ReservingSpecs
{
    [Fact]
    public void What_is_not_reserved_gets_one_layer()
    {
        Operation.Reserve reserve = Reserve("cpus:4;mem:100;ports:[10-19]", "cpus:1;ports:[12-13]", "eng", principal: "ops");

        Assert.Equal("cpus(eng, ops):1;ports(eng, ops):[12-13]", $"{reserve.Resources}");
        Assert.Null(reserve.Source);
        Assert.Equal("cpus:1;ports:[12-13]", $"{Conversions.Of(reserve, role: null).Value.Consumed}");
    }

    [Fact]
    public void A_refinement_takes_the_reservation_of_the_nearest_role_above_first()
    {
        Resources idle = Resources.Of(cpus: 8)
            .Add(Reserved("cpus:2", Reservation.Static("a")))
            .Add(Reserved("cpus:1", Reservation.Static("a"), Reservation.Dynamic("a/b")))
            .Add(Reserved("cpus:5", Reservation.Dynamic("a/x")));

        var refined = (Operation.Reserve)Reserving.Reserve(idle, Wanted("cpus:1.5"), "a/b/c", null, refines: true).Value;

        Assert.Equal("cpus(STATIC a, DYNAMIC a/b, DYNAMIC a/b/c):1;cpus(STATIC a, DYNAMIC a/b/c):0.5", $"{refined.Resources}");
        Assert.True(idle.Contains(Conversions.Of(refined, role: null).Value.Consumed));
        Assert.Equal(
            "RESOURCES: cpus:1 more would have to be idle and reserved for a role above 'a/b/c'",
            $"{Reserving.Reserve(idle, Wanted("cpus:4"), "a/b/c", null, refines: true).Problem}");
        Assert.Equal("--refine: no role lies above 'a'; leave it out", $"{Reserving.Reserve(idle, Wanted("cpus:1"), "a", null, refines: true).Problem}");
    }

    [Fact]
    public void What_is_missing_is_named_and_where_it_would_be()
    {
        Resources idle = Resources.Of(cpus: 1).Add(Reserved("cpus:4", Reservation.Static("eng")));

        Assert.Equal("RESOURCES: cpus:2;mem:5 more would have to be idle and not reserved", $"{Reserving.Reserve(idle, Wanted("cpus:3;mem:5"), "qa", null, refines: false).Problem}");
        Assert.Equal(
            "RESOURCES: cpus:2 more would have to be idle and not reserved; --refine takes it out of what is reserved for roles above",
            $"{Reserving.Reserve(idle, Wanted("cpus:3"), "eng/web", null, refines: false).Problem}");
    }

    [Fact]
    public void Unreserving_takes_the_innermost_layer_off_whatever_lies_below()
    {
        Resources idle = Reserved("cpus:2", Reservation.Dynamic("a/b", "ops")).Add(Reserved("cpus:1;mem:10", Reservation.Static("a"), Reservation.Dynamic("a/b", "ops")));

        var unreserve = (Operation.Unreserve)Reserving.Unreserve(idle, Wanted("cpus:2.5;mem:10"), "a/b", null).Value;

        Conversion conversion = Conversions.Of(unreserve, role: null).Value;
        Assert.True(idle.Contains(conversion.Consumed));
        Assert.Equal(Wanted("cpus:2.5;mem:10").Quantities, conversion.Converted.Quantities);
        Assert.All(conversion.Converted.Objects(), static part => Assert.Contains(part.Key.Role, (string[])["*", "a"]));
    }

    [Fact]
    public void Unreserving_leaves_alone_what_another_one_reserved_and_what_is_static()
    {
        Resources idle = Reserved("cpus:2", Reservation.Dynamic("eng", "me")).Add(Reserved("cpus:2", Reservation.Dynamic("eng"))).Add(Reserved("mem:9", Reservation.Static("eng")));

        Assert.Equal(
            "--principal: what is reserved for 'eng' there belongs to nobody and 'me'; say whose, '' for nobody's", $"{Reserving.Unreserve(idle, Wanted("cpus:1"), "eng", null).Problem}");
        Assert.Equal("cpus(eng, me):1", $"{((Operation.Unreserve)Reserving.Unreserve(idle, Wanted("cpus:1"), "eng", "me").Value).Resources}");
        Assert.Equal("cpus(DYNAMIC eng):1", $"{((Operation.Unreserve)Reserving.Unreserve(idle, Wanted("cpus:1"), "eng", "").Value).Resources}");
        Assert.Equal(
            "RESOURCES: cpus:1 more would have to be idle and dynamically reserved for 'eng' by 'me'", $"{Reserving.Unreserve(idle, Wanted("cpus:3"), "eng", "me").Problem}");
        Assert.Equal("RESOURCES: mem:1 more would have to be idle and dynamically reserved for 'eng'", $"{Reserving.Unreserve(idle, Wanted("mem:1"), "eng", null).Problem}");
    }

    private static Operation.Reserve Reserve(string idle, string wanted, string role, string? principal) =>
        (Operation.Reserve)Reserving.Reserve(Wanted(idle), Wanted(wanted), role, principal, refines: false).Value;

    private static Resources Wanted(string text) => Reserving.Wanted(text).Value;

    private static Resources Reserved(string text, params Reservation[] layers) => layers.Aggregate(Wanted(text), static (resources, layer) => resources.PushReservation(layer));
}
