using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Transport.DotNetty;

namespace ActorScheduler.Protocol.Links.Tls;

/// <summary>
/// What a node, or a scheduler that is a peer of nodes, shows to its peers and demands of them: a certificate that an authority of the
/// cluster has signed. Who has none gets no message through. The authorities are read again when their file changes; the own certificate is
/// what it was at the start.
/// </summary>
public sealed class PeerTls
{
    /// <summary>
    /// So long after its end a peer's certificate is still taken, with a warning: else one that was forgotten would take the whole cluster down,
    /// since Akka.NET ends a node that dials a peer which it does not trust.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromHours(1);

    private readonly string _authorityFile;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _warned = [];
    private X509Certificate2Collection _authorities;
    private DateTime _read;
    private DateTimeOffset _lookedAt;

    private PeerTls(X509Certificate2 own, string authorityFile, X509Certificate2Collection authorities, TimeProvider time)
    {
        (Own, _authorityFile, _authorities, _time) = (own, authorityFile, authorities, time);
        (_read, _lookedAt) = (File.GetLastWriteTimeUtc(authorityFile), time.GetUtcNow());
    }

    /// <summary>The own certificate, with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Reads the files, PEM.</summary>
    /// <param name="certificateFile">The own certificate.</param>
    /// <param name="keyFile">Its key; null when that stands with the certificate.</param>
    /// <param name="authorityFile">Certificates of who may sign those of peers.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="PeerTlsException">A file cannot be read or is not what it should be, or they do not fit each other.</exception>
    public static PeerTls Load(string certificateFile, string? keyFile, string authorityFile, TimeProvider? time = null)
    {
        X509Certificate2Collection authorities = Read(authorityFile, static file =>
        {
            var all = new X509Certificate2Collection();
            all.ImportFromPemFile(file);
            return all.Count > 0 ? all : throw new CryptographicException("no certificate stands in it");
        });
        X509Certificate2 own = Read(certificateFile, file => X509Certificate2.CreateFromPemFile(file, keyFile));
        var tls = new PeerTls(own, authorityFile, authorities, time ?? TimeProvider.System);
        return tls.Judge(own, out string? problem) ? tls : throw new PeerTlsException($"{certificateFile}: {problem}");
    }

    /// <summary>For Akka.NET's remoting; with <c>akka.remote.dot-netty.tcp.enable-ssl</c>.</summary>
    /// <param name="warn">Takes sentences about peers' certificates, an hour apart for each host; null for nobody.</param>
    public DotNettySslSetup Setup(Action<string>? warn = null) =>
        new(Own, suppressValidation: false, requireMutualAuthentication: true, (certificate, _, peer, _, _) => IsTrusted(certificate, peer, warn ?? (static _ => { })));

    /// <summary>Whether an authority of the cluster has signed a certificate that is valid now, or was until a short time ago.</summary>
    public bool Judge(X509Certificate2? certificate, out string? problem)
    {
        if (certificate is null)
        {
            problem = "no certificate was shown";
            return false;
        }
        DateTimeOffset now = _time.GetUtcNow();
        // Within its grace it is judged as at its last moment.
        DateTime at = now > certificate.NotAfter && now - certificate.NotAfter <= Grace ? certificate.NotAfter.AddSeconds(-1) : now.LocalDateTime;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = at;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities(now));
        bool isTrusted = chain.Build(certificate);
        problem = isTrusted ? null : string.Join("; ", chain.ChainStatus.Select(static status => status.StatusInformation.Trim()).Distinct());
        return isTrusted;
    }

    private bool IsTrusted(X509Certificate2? certificate, string peer, Action<string> warn)
    {
        bool isTrusted = Judge(certificate, out string? problem);
        if (!isTrusted)
            Warn(peer, warn, $"{peer} shows a certificate that this node does not trust: {problem}");
        else if (_time.GetUtcNow() > certificate!.NotAfter)
            Warn(peer, warn, $"The certificate of {peer} ({certificate.Subject}) ended at {certificate.NotAfter.ToUniversalTime():u}: after {Grace.TotalDays:0} days it is not taken any more");
        return isTrusted;
    }

    /// <summary>Whoever knocks does not fill the log.</summary>
    private void Warn(string peer, Action<string> warn, string text)
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_lock)
        {
            // Clients come from ever new ports.
            string host = peer.LastIndexOf(':') is var colon and > 0 ? peer[..colon] : peer;
            if (_warned.TryGetValue(host, out DateTimeOffset last) && now - last < BetweenWarnings)
                return;
            if (_warned.Count > 1000)
                _warned.Clear();
            _warned[host] = now;
        }
        warn(text);
    }

    private X509Certificate2Collection Authorities(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _lookedAt < BetweenLooks)
                return _authorities;
            _lookedAt = now;
            DateTime written = File.GetLastWriteTimeUtc(_authorityFile);
            if (written == _read)
                return _authorities;
            try
            {
                var all = new X509Certificate2Collection();
                all.ImportFromPemFile(_authorityFile);
                // A file that is being written, or was damaged, changes nothing.
                if (all.Count > 0)
                    (_authorities, _read) = (all, written);
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                // It is looked at again.
            }
            return _authorities;
        }
    }

    private static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new PeerTlsException($"{file}: {e.Message}", e);
        }
    }
}

/// <summary>Certificates cannot be used. The message names the file and the reason.</summary>
public sealed class PeerTlsException : Exception
{
    /// <summary>An error with a message.</summary>
    public PeerTlsException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    public PeerTlsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An error.</summary>
    public PeerTlsException()
    {
    }
}
