using System.Net;
using System.Net.Sockets;
using ActorScheduler.Gateway.Access;
using ActorScheduler.Gateway.Operators;
using ActorScheduler.Gateway.Operators.Contract;
using ActorScheduler.Protocol.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorScheduler.Gateway;

/// <summary>The process's HTTP server.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private const long MostBytesOfBody = 1024 * 1024;

    private readonly WebApplication _application;

    private HttpHost(WebApplication application)
    {
        _application = application;
        Url = application.Urls.First();
    }

    /// <summary>Where it listens, with the port that it has.</summary>
    internal string Url { get; }

    internal int Port => new Uri(Url).Port;

    /// <exception cref="GatewayException">It cannot listen there, or a file is not what it should be.</exception>
    internal static async Task<HttpHost> Start(HttpSettings settings, ILoggerFactory loggers, params IReadOnlyList<IEndpoints> apis)
    {
        HostPort at = settings.At;
        ILogger log = loggers.CreateLogger("asched");
        AccessList? access = settings.AccessFile is { } file ? AccessList.Of(file, log) : null;
        ServerCertificate? certificate = settings.CertificateFile is { } pem ? ServerCertificate.Load(pem, settings.KeyFile, log) : null;
        // An empty builder: no settings files, variables or signals but the node's own.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers).AddRoutingCore().ConfigureHttpJsonOptions(static json => ApiJson.Apply(json.SerializerOptions));
        // What cannot be read is answered here like everything else that is refused.
        builder.Services.Configure<RouteHandlerOptions>(static handlers => handlers.ThrowOnBadRequest = true);
        ApiDocument.AddTo(builder.Services);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        try
        {
            IPAddress address = await Resolve(at.Host);
            var connections = new ConnectionBook(settings.Connections, text => log.LogWarning("--http: {Problem}", text));
            builder.Services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MostBytesOfBody;
                kestrel.Listen(address, at.Port, listen =>
                {
                    // Before TLS: whoever only knocks is counted too.
                    ConnectionDoor.Use(listen, connections);
                    certificate?.Use(listen);
                });
            });
            WebApplication application = builder.Build();
            if (IPAddress.IsLoopback(address))
                application.Use(Guard.OwnNamesOnly);
            else if (access is null)
                log.LogWarning("The HTTP API at {Address} is open to anybody who can reach it; restrict access with --http-access", at);
            else if (certificate is null)
                log.LogWarning("The HTTP API at {Address} receives tokens unencrypted; enable HTTPS with --http-certificate", at);
            application.UseWebSockets();
            application.Use((context, next) => Guard.Refuse(context, next, log));
            application.Use(new AccessGuard(access, log, TimeProvider.System).Check);
            ApiDocument.Map(application);
            foreach (IEndpoints api in apis)
                api.Map(application);
            await application.StartAsync();
            return new HttpHost(application);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new GatewayException($"--http: cannot listen on {at}: {(e.InnerException ?? e).Message}", e) { IsPlaceTaken = true };
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(soon.Token);
        await _application.DisposeAsync();
    }

    private static async Task<IPAddress> Resolve(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) ? address
        : (await Dns.GetHostAddressesAsync(host)).OrderBy(static found => found.AddressFamily != AddressFamily.InterNetwork).First();
}
