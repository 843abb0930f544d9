using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using ActorScheduler.Containers.Files;

namespace ActorScheduler.Agent.Sandboxes;

/// <summary>
/// Unpacks archives. They come from anywhere: nothing is written outside of the folder or through a link, links lead nowhere
/// outside, there are no devices or pipes, and what comes out is bounded.
/// </summary>
/// <param name="folder">To where.</param>
/// <param name="most">Most bytes.</param>
internal sealed class Unpacking(string folder, long most)
{
    private const int MostEntries = 1_000_000;
    private const UnixFileMode Everything = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private long _bytes;
    private int _entries;

    /// <summary>Unpacks a file.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="kind">As what it is packed.</param>
    /// <param name="name">For a single packed file, the name of what comes out.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SandboxException">It cannot be unpacked, or must not.</exception>
    public async Task Unpack(string file, Archive kind, string name, CancellationToken cancellation)
    {
        try
        {
            switch (kind)
            {
                case Archive.Zip:
                    await Unzip(file, cancellation);
                    return;
                case Archive.TarBzip:
                    await Through("bzip2", file, cancellation);
                    return;
                case Archive.TarXz:
                    await Through("xz", file, cancellation);
                    return;
            }
            await using FileStream packed = File.OpenRead(file);
            if (kind == Archive.Tar)
            {
                await Untar(packed, cancellation);
                return;
            }
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            if (kind == Archive.TarGzip)
                await Untar(unpacked, cancellation);
            else
                await Write(name, unpacked, mode: null, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new SandboxException($"it is damaged or no {kind} archive: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SandboxException($"it cannot be unpacked: {e.Message}", e);
        }
    }

    /// <summary>What the runtime cannot read is decompressed by the host's program; its entries are checked here all the same.</summary>
    private async Task Through(string program, string file, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, ["-d", "-c", "--", file]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new SandboxException($"the host has no program {program} to unpack it", e);
        }
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            await Untar(process.StandardOutput.BaseStream, cancellation);
            await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellation);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new InvalidDataException((await errors).Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private async Task Untar(Stream stream, CancellationToken cancellation)
    {
        await using var reader = new TarReader(stream, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    MakeFolder(entry.Name);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    await Write(entry.Name, entry.DataStream ?? Stream.Null, entry.Mode & Everything, cancellation);
                    break;
                case TarEntryType.SymbolicLink:
                    Link(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    await CopyEntry(entry.Name, entry.LinkName, cancellation);
                    break;
                case TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes:
                    break;
                default:
                    throw new SandboxException($"its entry '{entry.Name}' is a {entry.EntryType}, which has no place in a sandbox");
            }
        }
    }

    private async Task Unzip(string file, CancellationToken cancellation)
    {
        await using ZipArchive zip = await ZipFile.OpenReadAsync(file, cancellation);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            // Upper half: what the archive's host says of the file, on Unix its type and mode.
            int mode = (int)((uint)entry.ExternalAttributes >> 16);
            bool isLink = (mode & 0xF000) == 0xA000;
            if (entry.FullName.EndsWith('/'))
            {
                MakeFolder(entry.FullName);
                continue;
            }
            await using Stream content = await entry.OpenAsync(cancellation);
            if (isLink)
                Link(entry.FullName, await new StreamReader(content).ReadToEndAsync(cancellation));
            else
                await Write(entry.FullName, content, mode == 0 ? null : (UnixFileMode)mode & Everything, cancellation);
        }
    }

    private void MakeFolder(string name)
    {
        Count();
        if (name.Trim('/') is "" or ".")
            return;
        Directory.CreateDirectory(Place(name));
    }

    private async Task Write(string name, Stream content, UnixFileMode? mode, CancellationToken cancellation)
    {
        Count();
        string path = Replace(name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        await using (var file = new FileStream(path, options))
        {
            byte[] piece = new byte[128 * 1024];
            for (int read; (read = await content.ReadAsync(piece, cancellation)) > 0;)
            {
                if ((_bytes += read) > most)
                    throw new SandboxException($"it becomes more than {most} bytes (actorscheduler.agent.sandbox.max-unpacked-size)");
                await file.WriteAsync(piece.AsMemory(0, read), cancellation);
            }
        }
        if (mode is { } bits && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, bits | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Link(string name, string target)
    {
        Count();
        string path = Replace(name);
        if (!SandboxPath.StaysBelow(folder, path, target))
            throw new SandboxException($"its link '{name}' leads outside, to '{target}'");
        File.CreateSymbolicLink(path, target);
    }

    /// <summary>A copy does what a hard link is for here, and cannot reach what is not part of the archive.</summary>
    private async Task CopyEntry(string name, string from, CancellationToken cancellation)
    {
        string source = Place(from);
        if (new FileInfo(source) is not { Exists: true, LinkTarget: null })
            throw new SandboxException($"its entry '{name}' is a link to '{from}', which is not there");
        await using FileStream content = File.OpenRead(source);
        await Write(name, content, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(source), cancellation);
    }

    private string Replace(string name)
    {
        string path = Place(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // The file itself or the link itself, never what a link leads to.
        File.Delete(path);
        return path;
    }

    private string Place(string name) => SandboxPath.ForWriting(folder, name) ?? throw new SandboxException($"its entry '{name}' leads outside");

    private void Count()
    {
        if (++_entries > MostEntries)
            throw new SandboxException($"it has more than {MostEntries} entries");
    }
}
