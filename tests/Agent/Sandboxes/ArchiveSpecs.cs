using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using ActorScheduler.Agent.Sandboxes;
using ActorScheduler.Agent.Sandboxes.Unpacking;
using ActorScheduler.Containers.Files;
using ActorScheduler.Processes;

namespace ActorScheduler.Agent.Specs.Sandboxes;

/// <summary>Archives that the host's own programs make of generated trees come out as they were; damaged ones do not come out.</summary>
[SupportedOSPlatform("linux")]
public sealed class ArchiveSpecs : SandboxSpec
{
    /// <summary>Everything that find sees of a tree: names as bytes, kinds, permissions, times, links, sizes and what is in files.</summary>
    private const string Look = """find . -mindepth 1 -printf '%P|%y|%m|%T@|%l|' \( -type f -printf '%s|%n|' -exec md5sum {} \; -o -printf '\n' \) | LC_ALL=C sort""";

    private string Source => Directory.CreateDirectory(Path.Combine(Folder.Path, "source")).FullName;

    [Theory]
    [InlineData(1, "a.tar", "tar --format=gnu -cf")]
    [InlineData(2, "a.tar", "tar --format=posix -cf")]
    [InlineData(3, "a.tar", "tar --format=gnu --blocking-factor=200 -cf")]
    [InlineData(4, "a.tar.gz", "tar --format=gnu -czf")]
    [InlineData(5, "a.tgz", "tar --format=posix -czf")]
    [InlineData(6, "a.tar.bz2", "tar --format=gnu -cjf")]
    [InlineData(7, "a.tar.xz", "tar --format=posix -cJf")]
    [InlineData(8, "a.tar", "tar --format=posix --sparse-version=1.0 -Scf")]
    [InlineData(9, "a.tar", "tar --format=posix --sparse-version=0.1 -Scf")]
    [InlineData(10, "a.tar", "tar --format=posix --sparse-version=0.0 -Scf")]
    [InlineData(11, "a.tar", "tar --format=gnu -Scf")]
    [InlineData(12, "a.tar.xz", "tar --format=gnu -SJcf")]
    public async Task A_tree_of_a_tar_comes_out_with_all_that_it_is(int seed, string name, string program)
    {
        await Generate(seed, isZip: false);
        string archive = Path.Combine(Folder.Path, name);
        await Shell($"cd {Source} && {program} {archive} .");

        string into = Unpack(archive);

        Assert.Equal(await Shell($"cd {Source} && {Look}"), await Shell($"cd {into} && {Look}"));
    }

    [ProgramTheory("python3", "zip")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_tree_of_a_zip_comes_out_with_all_that_it_is(int seed)
    {
        await Generate(seed, isZip: true);
        string archive = Path.Combine(Folder.Path, "a.zip");
        await Shell($"cd {Source} && zip -qry {archive} .");

        string into = Unpack(archive);

        Assert.Equal(await Shell($"cd {Source} && {Look}"), await Shell($"cd {into} && {Look}"));
    }

    [ProgramTheory("bzip2", "xz", "zip")]
    [InlineData("a.tar", "tar -cf {0} f d")]
    [InlineData("a.tar.gz", "tar -czf {0} f d")]
    [InlineData("a.tar.bz2", "tar -cjf {0} f d")]
    [InlineData("a.tar.xz", "tar -cJf {0} f d")]
    [InlineData("a.gz", "gzip -c f > {0}")]
    [InlineData("two.gz", "(head -c 9000 f | gzip -c; tail -c +9001 f | gzip -c) > {0}")]
    [InlineData("two.tar.xz", "tar -cf t f d; (head -c 9000 t | xz -c; tail -c +9001 t | xz -c) > {0}; rm t")]
    [InlineData("two.tar.bz2", "tar -cf t f d; (head -c 9000 t | bzip2 -c; tail -c +9001 t | bzip2 -c) > {0}; rm t")]
    [InlineData("a.zip", "zip -qr {0} f d")]
    public async Task An_archive_that_is_damaged_or_cut_off_anywhere_is_refused_or_comes_out_as_it_was(string name, string program)
    {
        byte[] content = new byte[20_000];
        new Random(7).NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(Source, "f"), content);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Source, "d")).FullName, "text"), new string('x', 3000));
        string archive = Path.Combine(Folder.Path, name), damaged = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder.Path, "damaged")).FullName, name);
        await Shell($"cd {Source} && " + string.Format(System.Globalization.CultureInfo.InvariantCulture, program, archive));
        byte[] whole = await File.ReadAllBytesAsync(archive);
        string[] good = Contents(Unpack(archive));
        Assert.Contains(good, static file => file.EndsWith(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(new string('x', 3000)))), StringComparison.Ordinal) || !file.StartsWith('d'));
        var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 120; i++)
        {
            byte[] other = [.. whole];
            // A plain tar has no sums of data: only what its headers say can be checked.
            int at = name == "a.tar" ? (random.Next(2) == 0 ? 0 : 512 + 20_480) + random.Next(330) : random.Next(whole.Length);
            other[at] ^= (byte)(1 << random.Next(8));
            // A zip says twice of each entry what it is, and time and permissions have no sums.
            refused += Try(other) ? 0 : 1;
        }
        Assert.InRange(refused, name == "a.zip" ? 90 : 100, 120);
        // A tar ends with more zeros than it needs: without some of them it is whole.
        int end = name == "a.tar" ? Array.FindLastIndex(whole, static part => part != 0) + 1 : whole.Length;
        for (int i = 0; i < 60; i++)
            Assert.False(Try(whole[..(i < 20 ? end - 1 - i : random.Next(end))]), $"cut {i}");

        bool Try(byte[] bytes)
        {
            File.WriteAllBytes(damaged, bytes);
            try
            {
                Assert.Equal(name == "a.zip" ? good.Length : 0, name == "a.zip" ? Contents(Unpack(damaged)).Length : Contents(Unpack(damaged)).Except(good).Count());
                return true;
            }
            catch (SandboxException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void What_follows_a_gzip_and_is_none_is_damage_and_zeros_are_not()
    {
        string archive = Path.Combine(Folder.Path, "x.gz");
        byte[] whole = Gzip("hello"u8.ToArray());
        File.WriteAllBytes(archive, [.. whole, .. new byte[700]]);
        Assert.Equal("hello", File.ReadAllText(Path.Combine(Unpack(archive), "x")));
        File.WriteAllBytes(archive, [.. whole, .. Gzip([]), .. Gzip(" world"u8.ToArray()), .. Gzip([])]);
        Assert.Equal("hello world", File.ReadAllText(Path.Combine(Unpack(archive), "x")));

        File.WriteAllBytes(archive, [.. whole, .. "more"u8]);

        Assert.Contains("damaged", Assert.Throws<SandboxException>(() => Unpack(archive)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(archive, []);
        Assert.Throws<SandboxException>(() => Unpack(archive));
    }

    [Fact]
    public async Task A_zip_of_windows_has_folders_and_one_of_the_first_pcs_has_its_letters()
    {
        string archive = Path.Combine(Folder.Path, "a.zip");
        await Shell($$"""
            python3 -c "
            import zipfile
            z = zipfile.ZipFile('{{archive}}', 'w')
            def put(n, data, raw=None):
                i = zipfile.ZipInfo(n); i.create_system = 0; i.external_attr = 0x20
                z.writestr(i, data)
            put('app/x', '1'); put('app/sub/y', '2'); put('caf@.txt', '3'); z.close()
            b = open('{{archive}}','rb').read().replace(b'app/x', b'app\\\\x').replace(b'app/sub/y', b'app\\\\sub\\\\y').replace(b'caf@.txt', b'caf\x82.txt')
            open('{{archive}}','wb').write(b)"
            """.Replace("\n            ", "\n", StringComparison.Ordinal));

        Assert.Equal(["app/sub/y", "app/x", "caf\u00e9.txt"], Names(Unpack(archive)));
    }

    [ProgramTheory("zip")]
    [InlineData("secret")]
    public async Task An_encrypted_zip_is_refused_in_words(string password)
    {
        string archive = Path.Combine(Folder.Path, "a.zip");
        await Shell($"cd {Source} && echo x > f && zip -qP {password} {archive} f");

        Assert.Equal("its entry 'f' is encrypted", Assert.Throws<SandboxException>(() => Unpack(archive)).Message);
    }

    [Theory]
    [InlineData("mkfifo x; tar -cf {0} x", "no place in a sandbox")]
    [InlineData("mknod x c 1 5; tar -cf {0} x", "no place in a sandbox")]
    [InlineData("seq 60 | xargs touch; tar -cf {0} .", "more than 50 entries")]
    [InlineData("mkdir -p a/b/c/d/e/f/g/h/i/j/k/l; tar -cf {0} .", "more than 10 folders deep")]
    [InlineData("truncate -s 200000 x; tar -Scf {0} x", "more than 100000 bytes")]
    [InlineData("truncate -s 200000 x; tar -cf {0} x", "more than 100000 bytes")]
    [InlineData("touch x; tar -cf {0} x; truncate -s 300000 {0}", "more than 100000 bytes")]
    [InlineData("ln -s ../../../etc x; tar -cf {0} x", "leads outside")]
    [InlineData("touch x; tar -cPf {0} --transform 's,^,/,' x", "leads outside")]
    [InlineData("touch x; tar -cPf {0} --transform 's,^,a/../../,' x", "leads outside")]
    [InlineData("mkdir -p a/x; touch b; tar -cf {0} a b --transform 's,^b$,a,'", "cannot take the place of a folder")]
    [InlineData("touch x; tar -cf {0} x; head -c 512 {0} > y; mv y {0}", "ends too early")]
    public async Task What_has_no_place_or_is_too_much_is_refused_with_the_reason(string program, string reason)
    {
        string archive = Path.Combine(Folder.Path, "a.tar");
        await Shell($"cd {Source} && " + string.Format(System.Globalization.CultureInfo.InvariantCulture, program, archive));
        var limits = new UnpackLimits(100_000, MostEntries: 50, MostDepth: 10);

        Assert.Contains(reason, Assert.Throws<SandboxException>(() => Unpack(archive, limits)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000, "its directory has more than 16777216 bytes")]
    [InlineData(2, "Number of entries")]
    public async Task A_zip_with_too_large_a_directory_is_refused_before_it_is_read_whatever_its_end_says(int told, string reason)
    {
        // A million entries that share one file: 47 MB of directory, of which the runtime makes 280 MB of objects.
        string archive = Path.Combine(Folder.Path, "a.zip");
        await Shell($$"""
            python3 -c "
            import struct
            entry = struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b'a'
            with open('{{archive}}', 'wb') as f:
                f.write(struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0) + b'a')
                start = f.tell()
                for _ in range(100): f.write(entry * 10000)
                end = f.tell()
                f.write(struct.pack('<IQHHIIQQQQ', 0x06064b50, 44, 45, 45, 0, 0, {{told}}, {{told}}, end - start, start))
                f.write(struct.pack('<IIQI', 0x07064b50, 0, end, 1))
                f.write(struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, 0xffff, 0xffff, end - start, start, 0))"
            """.Replace("\n            ", "\n", StringComparison.Ordinal));
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Assert.Throws<SandboxException>(() => Unpack(archive)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 250 << 20);
    }

    [Theory]
    [InlineData("g", "record('k%d' % i, b'x' * 900)", "beside its header")]
    [InlineData("x", "record('comment', b'x' * 900)", "more than 100000 bytes")]
    [InlineData("V", "b'x' * 900", "more than 100000 bytes")]
    [InlineData("5", "b'x' * 900", "more than 100000 bytes")]
    public async Task What_a_tar_has_beside_files_is_counted_too(string kind, string data, string reason)
    {
        string archive = Path.Combine(Folder.Path, "a.tar");
        await Shell($$"""
            cat > {{Folder.Path}}/make.py <<'END'
            def record(key, value):
                body = b' ' + key.encode() + b'=' + value + b'\n'
                size = len(body) + 3
                return (b'%d' % size) + body if len(b'%d' % size) == 3 else (b'%d' % (len(body) + 4)) + body
            def raw(kind, data):
                h = bytearray(512)
                h[0:1] = b'd'
                h[100:108] = b'0000644\0'; h[124:136] = b'%011o\0' % len(data); h[136:148] = b'00000000000\0'
                h[148:156] = b' ' * 8; h[156:157] = kind; h[257:265] = b'ustar\x0000'
                h[148:156] = b'%06o\0 ' % sum(h)
                return bytes(h) + data + b'\0' * (-len(data) % 512)
            with open('{{archive}}', 'wb') as o:
                for i in range(200): o.write(raw(b'{{kind}}', {{data}}))
                o.write(b'\0' * 1024)
            END
            python3 {{Folder.Path}}/make.py
            """.Replace("\n            ", "\n", StringComparison.Ordinal));
        var limits = new UnpackLimits(kind == "g" ? long.MaxValue : 100_000, MostExtraBytes: 20_000);

        Assert.Contains(reason, Assert.Throws<SandboxException>(() => Unpack(archive, limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_would_run_as_its_owner_loses_that_right()
    {
        string archive = Path.Combine(Folder.Path, "a.tar");
        await Shell($"cd {Source} && touch x && chmod 6755 x && tar -cf {archive} x");

        Assert.Equal("755\n", await Shell($"stat -c %a {Unpack(archive)}/x"));
    }

    /// <summary>Folders, files with and without holes, links of all kinds, names of any bytes, permissions and times.</summary>
    private Task<string> Generate(int seed, bool isZip) => Shell($$"""
        cat > {{Folder.Path}}/make.py <<'END'
        import os, random
        r = random.Random({{seed}})
        isZip = {{(isZip ? "True" : "False")}}
        os.chdir('{{Source}}')
        used = set()
        def name():
            if isZip:
                n = ''.join(r.choice('abc \u00e4\u20ac-_.') for _ in range(r.randint(1, 30))).encode()
            else:
                n = bytes(r.choice([c for c in range(1, 256) if c not in (47, 10, 92)]) for _ in range(r.randint(1, r.choice([20, 120, 250]))))
            return n if n.strip(b'.') and not n.startswith(b'-') else name()
        folders, files = [b'.'], []
        for i in range(60):
            at = os.path.join(r.choice(folders), name())
            if os.path.lexists(at) or at.count(b'/') > 8: continue
            kind = r.randint(0, 9)
            if kind <= 2: os.mkdir(at); folders.append(at)
            elif kind == 3: os.symlink(r.choice([b'/usr/bin/python3', name(), b'.', os.path.basename(at) + b'x']), at); files.append(at)
            elif kind == 4 and files and not isZip: os.link(r.choice(files), at, follow_symlinks=False)
            elif kind == 5:
                with open(at, 'wb') as f:
                    for p in range(r.randint(0, 60)): f.seek(r.randint(1, 20) * 4096, 1); f.write(b'data%d' % p)
                    f.truncate(f.tell() + r.randint(0, 3) * 4096)
                files.append(at)
            else:
                with open(at, 'wb') as f: f.write(r.randbytes(r.choice([0, 1, 511, 512, 513, 5000])))
                files.append(at)
        for f in files:
            when = r.randint(400000000, 800000000) * 2
            os.utime(f, (when, when), follow_symlinks=False)
            if not os.path.islink(f): os.chmod(f, r.choice([0o644, 0o600, 0o755, 0o444, 0o400, 0o777]))
        for f in reversed(folders):
            if f == b'.': continue
            when = r.randint(400000000, 800000000) * 2
            os.chmod(f, r.choice([0o755, 0o700, 0o555, 0o1777, 0o750])); os.utime(f, (when, when))
        END
        python3 {{Folder.Path}}/make.py
        """);

    private string Unpack(string archive, UnpackLimits? limits = null)
    {
        string into = Path.Combine(Folder.Path, "into");
        Tree.Delete(into);
        Directory.CreateDirectory(into);
        Unpacker.Unpack(archive, Archives.Of(archive), into, Path.Combine(into, Path.GetFileName(archive)), limits ?? new UnpackLimits(1 << 30), CancellationToken.None);
        return into;
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static string[] Contents(string folder) =>
        [.. Names(folder).Select(file => $"{(file.Contains('/', StringComparison.Ordinal) ? file : "f")} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))))}")];

    private static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            gzip.Write(content);
        return packed.Length > 0 ? packed.ToArray() : [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static async Task<string> Shell(string program)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", program]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.Latin1 })!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await errors);
        return output;
    }
}
