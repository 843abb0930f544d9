using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>A web server of this process; each path answers as it is told.</summary>
internal sealed class TestSite : IDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpListenerContext, Task>> _pages = new();
    private readonly HttpListener _listener;

    public TestSite()
    {
        (_listener, Port) = Listen();
        _ = Serve();
    }

    public int Port { get; }

    public ConcurrentQueue<string> Asked { get; } = new();

    public string Url(string path) => $"http://127.0.0.1:{Port}{path}";

    public void Page(string path, byte[] content, string? tag = null) => _pages[path] = async context =>
    {
        if (tag is not null)
            context.Response.Headers["ETag"] = tag;
        if (tag is not null && context.Request.Headers["If-None-Match"] == tag)
        {
            context.Response.StatusCode = 304;
            return;
        }
        await context.Response.OutputStream.WriteAsync(content);
    };

    public void Page(string path, Func<HttpListenerContext, Task> answer) => _pages[path] = answer;

    public void Dispose() => _listener.Close();

    /// <summary>A listener takes no port 0, and others may take the one that was just free.</summary>
    private static (HttpListener Listener, int Port) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
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
            _ = Answer(context);
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        Asked.Enqueue(path);
        try
        {
            if (_pages.TryGetValue(path, out Func<HttpListenerContext, Task>? page))
                await page(context);
            else
                context.Response.StatusCode = 404;
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }
}
