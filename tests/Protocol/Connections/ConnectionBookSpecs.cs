using System.Net;
using ActorScheduler.Protocol.Connections;
using Microsoft.Extensions.Time.Testing;

namespace ActorScheduler.Protocol.Specs.Connections;

/// <summary>Who gets a place at a port, and who makes it.</summary>
public sealed class ConnectionBookSpecs
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.1");
    private static readonly IPAddress There = IPAddress.Parse("10.0.0.2");

    private readonly List<string> _ended = [];
    private readonly List<string> _warnings = [];
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void An_address_with_its_share_makes_room_by_its_oldest_stranger_alone()
    {
        ConnectionBook book = Book(most: 8, ofOneAddress: 2);
        Admit(book, There, "other");
        Admit(book, Here, "first");
        Admit(book, Here, "second");

        Assert.NotNull(Admit(book, Here, "third"));
        Assert.NotNull(Admit(book, Here, "fourth"));

        Assert.Equal(["first", "second"], _ended);
    }

    [Fact]
    public void A_full_port_makes_room_by_the_oldest_stranger_of_all_and_those_that_are_known_stay()
    {
        ConnectionBook book = Book(most: 4, ofOneAddress: 3);
        Admit(book, Here, "known")!.Know();
        Admit(book, There, "stranger");
        Admit(book, Here, "later");
        Admit(book, Here, "latest");

        Assert.NotNull(Admit(book, There, "new"));

        Assert.Equal(["stranger"], _ended);
    }

    [Fact]
    public void Without_strangers_nobody_gets_in_until_somebody_leaves()
    {
        ConnectionBook book = Book(most: 8, ofOneAddress: 1);
        IConnectionEntry known = Admit(book, Here, "known")!;
        known.Know();

        Assert.Null(Admit(book, Here, "new"));
        known.Dispose();
        known.Dispose();

        Assert.NotNull(Admit(book, Here, "newer"));
        Assert.Empty(_ended);
        Assert.Equal(1, book.Count);
    }

    [Fact]
    public void What_is_being_ended_has_its_file_until_it_is_closed_so_a_flood_is_refused()
    {
        // 8, and a quarter of that for those that are being ended.
        ConnectionBook book = Book(most: 8, ofOneAddress: 8);

        int taken = Enumerable.Range(0, 1000).Count(number => Admit(book, Here, $"{number}") is not null);

        Assert.Equal((10, 10, 2), (taken, book.Count, _ended.Count));
    }

    [Fact]
    public void Those_that_were_ended_and_close_leave_nothing_behind()
    {
        ConnectionBook book = Book(most: 4, ofOneAddress: 2);
        for (int i = 0; i < 100; i++)
        {
            IConnectionEntry?[] made = [.. Enumerable.Range(0, 3).Select(number => Admit(book, i % 2 == 0 ? Here : There, $"{number}"))];
            foreach (IConnectionEntry? entry in made)
                entry?.Dispose();
        }

        Assert.Equal(0, book.Count);
    }

    [Theory]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("::ffff:10.0.0.1", "::ffff:10.0.0.2", false)]
    public void A_host_is_its_address_or_its_network_of_IPv6(string one, string other, bool isSame)
    {
        ConnectionBook book = Book(most: 8, ofOneAddress: 1);
        Admit(book, IPAddress.Parse(one), "first")!.Know();

        Assert.Equal(isSame, Admit(book, IPAddress.Parse(other), "second") is null);
    }

    [Fact]
    public void It_is_told_once_a_minute()
    {
        ConnectionBook book = Book(most: 8, ofOneAddress: 1);
        for (int i = 0; i < 50; i++)
            Admit(book, Here, "");
        Assert.Contains("10.0.0.1 has its 1 connections", Assert.Single(_warnings), StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(1));
        Admit(book, Here, "");

        Assert.Equal(2, _warnings.Count);
    }

    [Theory]
    [InlineData(1000, 250, 125, 250)]
    [InlineData(20_000, 4096, 2048, 5000)]
    [InlineData(1_048_576, 4096, 2048, 16384)]
    public void Half_of_the_files_stay_for_the_node_itself_and_no_address_has_all_the_rest(long files, int http, int ofOneAddress, int nodes)
    {
        Assert.Equal(new ConnectionLimits(http, ofOneAddress), ConnectionShares.OfHttp(files));
        Assert.Equal(nodes, ConnectionShares.OfNodes(files).Most);
        Assert.True(ConnectionShares.OfHttp(files).Most + ConnectionShares.OfNodes(files).Most <= files / 2);
    }

    [Fact]
    public void The_limit_is_the_hard_one()
    {
        Assert.True(OpenFiles.Limit >= 64);
        Assert.InRange(OpenFiles.Count(), 3, OpenFiles.Limit);
    }

    private ConnectionBook Book(int most, int ofOneAddress) => new(new ConnectionLimits(most, ofOneAddress), _warnings.Add, _time);

    private IConnectionEntry? Admit(ConnectionBook book, IPAddress from, string name) => book.Admit(from, () => _ended.Add(name));
}
