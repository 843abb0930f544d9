using System.Security.Cryptography.X509Certificates;
using ActorScheduler.Cli.Certificates;
using ActorScheduler.Protocol.Links.Tls;
using Microsoft.Extensions.Time.Testing;

namespace ActorScheduler.Cli.Specs.Certificates;

/// <summary>Which certificates of peers are taken, and until when.</summary>
public sealed class PeerTlsSpecs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tls-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_certificate_is_taken_from_its_authority_alone_and_for_some_days_after_its_end()
    {
        Authority("ours");
        Authority("theirs");
        X509Certificate2 ours = Issue("ours", days: 30), theirs = Issue("theirs", days: 30);
        PeerTls tls = Load();

        Assert.True(tls.Judge(ours, out _));
        Assert.False(tls.Judge(theirs, out string? stranger));
        Assert.False(string.IsNullOrEmpty(stranger));
        Assert.False(tls.Judge(null, out _));

        _time.Advance(TimeSpan.FromDays(31));
        Assert.True(tls.Judge(ours, out _));
        Assert.False(tls.Judge(theirs, out _));
        _time.Advance(PeerTls.Grace);
        Assert.False(tls.Judge(ours, out string? ended));
        Assert.False(string.IsNullOrEmpty(ended));
    }

    [Fact]
    public void Authorities_are_read_again_when_they_change_and_a_damaged_file_changes_nothing()
    {
        Authority("ours");
        Authority("new");
        X509Certificate2 ours = Issue("ours", days: 300), next = Issue("new", days: 300);
        PeerTls tls = Load();
        Assert.False(tls.Judge(next, out _));

        File.WriteAllText(At("ours.pem"), "damaged");
        Touch(1);
        Assert.True(tls.Judge(ours, out _));

        // Both are trusted while certificates are exchanged.
        File.WriteAllText(At("ours.pem"), $"{File.ReadAllText(At("kept.pem"))}\n{File.ReadAllText(At("new.pem"))}");
        Touch(2);
        Assert.True(tls.Judge(ours, out _));
        Assert.True(tls.Judge(next, out _));

        File.Copy(At("new.pem"), At("ours.pem"), overwrite: true);
        Touch(3);
        Assert.False(tls.Judge(ours, out _));
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused_by_their_name()
    {
        Authority("ours");
        Authority("theirs");
        Issue("ours", days: 1);

        Assert.Contains("theirs.pem", Fails("theirs.pem", "theirs.key", "ours.pem"), StringComparison.Ordinal);
        Assert.Contains("missing.pem", Fails("missing.pem", null, "ours.pem"), StringComparison.Ordinal);
        Assert.Contains("missing.pem", Fails("own.pem", "own.key", "missing.pem"), StringComparison.Ordinal);
        Assert.Contains("own.pem", Fails("own.pem", "ours.key", "ours.pem"), StringComparison.Ordinal);
        Assert.Contains("own.key", Fails("own.pem", "own.key", "own.key"), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromDays(100));
        Assert.Contains("own.pem", Fails("own.pem", "own.key", "ours.pem"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string At(string file) => Path.Combine(_folder.FullName, file);

    private void Touch(int minutes)
    {
        File.SetLastWriteTimeUtc(At("ours.pem"), _time.GetUtcNow().UtcDateTime.AddYears(5).AddMinutes(minutes));
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    private void Authority(string name)
    {
        (string certificate, string key) = Issuing.Authority(name, TimeSpan.FromDays(3650), _time.GetUtcNow());
        File.WriteAllText(At($"{name}.pem"), certificate);
        File.WriteAllText(At($"{name}.key"), key);
        if (name == "ours")
            File.Copy(At("ours.pem"), At("kept.pem"));
    }

    private X509Certificate2 Issue(string authority, int days)
    {
        using var signer = X509Certificate2.CreateFromPemFile(At($"{authority}.pem"), At($"{authority}.key"));
        (string certificate, string key, _) = Issuing.Node(signer, "node", ["node"], TimeSpan.FromDays(days), _time.GetUtcNow());
        if (authority == "ours")
        {
            File.WriteAllText(At("own.pem"), certificate);
            File.WriteAllText(At("own.key"), key);
        }
        return X509Certificate2.CreateFromPem(certificate);
    }

    private PeerTls Load() => PeerTls.Load(At("own.pem"), At("own.key"), At("ours.pem"), _time);

    private string Fails(string certificate, string? key, string authority) =>
        Assert.Throws<PeerTlsException>(() => PeerTls.Load(At(certificate), key is null ? null : At(key), At(authority), _time)).Message;
}
