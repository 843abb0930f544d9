using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorScheduler.Containers.Specs.Docker;

/// <summary>A registry on this host that lets one user in, and has no images.</summary>
internal sealed class ClosedRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _wanted;
    private readonly string _user;
    private readonly Task _serving;

    public ClosedRegistry(string user, string password)
    {
        (_user, _wanted) = (user, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Host = $"127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>Where it is; engines speak plain HTTP to this host.</summary>
    public string Host { get; }

    /// <summary>Who came in, once for each request.</summary>
    public ConcurrentQueue<string> LetIn { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            bool isLetIn = context.Request.Headers["Authorization"] == _wanted;
            if (isLetIn)
                LetIn.Enqueue(_user);
            else
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"specs\"");
            bool isHello = context.Request.Url!.AbsolutePath is "/v2/" or "/v2";
            context.Response.StatusCode = !isLetIn ? 401 : isHello ? 200 : 404;
            context.Response.ContentType = "application/json";
            string code = isLetIn ? "MANIFEST_UNKNOWN" : "UNAUTHORIZED";
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(isLetIn && isHello ? "{}" : $$"""{"errors":[{"code":"{{code}}","message":"{{(isLetIn ? "manifest unknown" : "authentication required")}}"}]}"""));
            context.Response.Close();
        }
    }
}
