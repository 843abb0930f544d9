using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Node.Daemon;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ActorScheduler.Node.Specs.Daemon;

/// <summary>The end of a node's certificate is told in time, each day, and not before.</summary>
public sealed class CertificateEndSpecs
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Lines _log = new();

    [Fact]
    public void It_is_told_each_day_from_thirty_days_before_until_nobody_watches()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256).CreateSelfSigned(_time.GetUtcNow(), _time.GetUtcNow().AddDays(32));
        IDisposable watch = CertificateEnd.Watch(certificate, "node.pem", _log, _time);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(_log.All);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, _log.All.Count);
        Assert.All(_log.All, static line => Assert.StartsWith("The certificate node.pem ends at 2026-02-02", line, StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromDays(30));
        Assert.Contains("node.pem ended at", _log.All[^1], StringComparison.Ordinal);

        int told = _log.All.Count;
        watch.Dispose();
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(told, _log.All.Count);
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
