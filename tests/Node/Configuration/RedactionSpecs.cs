using ActorScheduler.Node.Configuration;

namespace ActorScheduler.Node.Specs.Configuration;

public sealed class RedactionSpecs
{
    [Theory]
    [InlineData("node.journal", "postgres:Host=h;Password=secret;Database=d", "postgres:Host=h;Password=***;Database=d")]
    [InlineData("node.journal", "postgres:Host=h;pwd = 'a;b'", "postgres:Host=h;pwd = ***")]
    [InlineData("node.url", "https://user:secret@host/x", "https://user:***@host/x")]
    [InlineData("akka.remote.dot-netty.tcp.ssl.certificate.password", "secret", "***")]
    [InlineData("node.name", "host-1", "host-1")]
    public void Passwords_are_left_out_and_the_rest_stays(string key, string value, string shown) => Assert.Equal(shown, Redaction.Of(key, value));
}
