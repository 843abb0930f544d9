using Akka.Actor;

namespace Akka.Specs.Paths;

public sealed class AddressSpecs
{
    [Theory]
    [InlineData("akka://sys", "akka", "sys", null, null)]
    [InlineData("akka.tcp://sys@host:1234", "akka.tcp", "sys", "host", 1234)]
    [InlineData("akka.tcp://sys@HOST:1234", "akka.tcp", "sys", "host", 1234)]
    [InlineData("akka.ssl.tcp://my-sys@10.0.0.1:0", "akka.ssl.tcp", "my-sys", "10.0.0.1", 0)]
    [InlineData("akka.tcp://sys@[::1]:5", "akka.tcp", "sys", "[::1]", 5)]
    public void An_address_is_read_in_its_parts(string text, string protocol, string system, string? host, int? port)
    {
        var address = Address.Parse(text);

        Assert.Equal(new Address(protocol, system, host, port), address);
        Assert.Equal(text.ToLowerInvariant(), address.ToString());
        Assert.Equal(host is null, address.HasLocalScope);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sys@host:1")]
    [InlineData("akka://")]
    [InlineData("akka://sys@host")]
    [InlineData("akka://sys@:1")]
    [InlineData("akka://@host:1")]
    [InlineData("akka://sys@host:70000")]
    [InlineData("akka://sys@host:port")]
    [InlineData("akka.tcp://sys@::1:5")]
    public void What_is_none_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<UriFormatException>(() => Address.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_replaced_one_at_a_time()
    {
        var address = new Address("akka.tcp", "sys", "host", 1);

        Assert.Equal("akka.udp://sys@host:1", address.WithProtocol("akka.udp").ToString());
        Assert.Equal("akka.tcp://other@host:1", address.WithSystem("other").ToString());
        Assert.Equal("akka.tcp://sys@there:1", address.WithHost("there").ToString());
        Assert.Equal("akka.tcp://sys@host:2", address.WithPort(2).ToString());
        Assert.Equal("sys@host:1", address.HostPort());
    }

    [Fact]
    public void Addresses_are_ordered_by_protocol_system_host_and_port()
    {
        Address[] ordered =
        [
            new("a", "a"), new("a", "a", "a", 1), new("a", "a", "a", 2), new("a", "a", "b", 1), new("a", "b"), new("b", "a"),
        ];

        Assert.Equal(ordered, ordered.Reverse().Order());
    }
}
