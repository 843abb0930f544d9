using ActorScheduler.Agent.Health;

namespace ActorScheduler.Agent.Specs.Health;

public sealed class RedirectsSpecs
{
    [Theory]
    [InlineData(302, "/login", "http://127.0.0.1:8080/login")]
    [InlineData(301, "deeper?a=b", "http://127.0.0.1:8080/a/deeper?a=b")]
    [InlineData(303, "http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    [InlineData(307, "//127.0.0.1:9090/x", "http://127.0.0.1:9090/x")]
    [InlineData(308, "https://127.0.0.1/x", "https://127.0.0.1/x")]
    public void A_redirect_to_the_same_host_is_followed(int status, string location, string next) =>
        Assert.Equal(next, Redirects.Next(new Uri("http://127.0.0.1:8080/a/b"), status, new Uri(location, UriKind.RelativeOrAbsolute))?.AbsoluteUri);

    [Theory]
    // Names and other addresses are not the task.
    [InlineData(302, "http://example.org/")]
    [InlineData(302, "http://localhost:8080/")]
    [InlineData(302, "//web.service.internal/x")]
    [InlineData(302, "http://127.0.0.2:8080/")]
    [InlineData(302, "http://[::1]:8080/")]
    // No address of HTTP.
    [InlineData(302, "ftp://127.0.0.1/x")]
    [InlineData(302, "javascript:alert(1)")]
    [InlineData(302, "http://127.0.0.1:99999/")]
    [InlineData(302, "http://")]
    [InlineData(302, null)]
    // No redirects, though they may say where something is.
    [InlineData(300, "/other")]
    [InlineData(304, "/other")]
    [InlineData(201, "/made")]
    [InlineData(503, "/sorry")]
    public void Anything_else_is_where_a_check_ends(int status, string? location) => Assert.Null(
        Redirects.Next(new Uri("http://127.0.0.1:8080/a/b"), status, location is not null && Uri.TryCreate(location, UriKind.RelativeOrAbsolute, out Uri? uri) ? uri : null));
}
