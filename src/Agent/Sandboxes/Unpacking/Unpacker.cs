using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;

namespace ActorScheduler.Agent.Sandboxes.Unpacking;

/// <summary>
/// Unpacks archives. They come from anywhere: nothing is written outside of the sandbox, there are no devices or pipes, what comes
/// out is bounded, and what is damaged is refused, though only its last sum says so.
/// </summary>
internal static class Unpacker
{
    /// <summary>Unpacks a file.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="kind">As what it is packed.</param>
    /// <param name="sandbox">What nothing may leave.</param>
    /// <param name="path">Where the archive belongs in the sandbox: it is unpacked to there, a single packed file under this name without its ending.</param>
    /// <param name="limits">What it may become.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SandboxException">It cannot be unpacked, or must not.</exception>
    public static void Unpack(string file, Archive kind, string sandbox, string path, UnpackLimits limits, CancellationToken cancellation)
    {
        try
        {
            using var target = new UnpackTarget(sandbox, Path.GetDirectoryName(path)!, limits, cancellation);
            using FileStream packed = File.OpenRead(file);
            switch (kind)
            {
                case Archive.Zip:
                    ZipUnpacking.Unpack(packed, target, limits);
                    break;
                case Archive.Gzip:
                    using (var content = new GzipMembers(packed))
                        target.WriteFile(System.Text.Encoding.UTF8.GetBytes(Path.GetFileNameWithoutExtension(path)), content, null, null);
                    break;
                default:
                    using (Stream content = Open(packed, kind))
                        new TarUnpacking(content, target, limits).Unpack();
                    break;
            }
            target.Finish();
        }
        catch (EndOfStreamException e)
        {
            throw new SandboxException($"it is damaged or no {kind} archive: it ends too early", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"it cannot be unpacked: {e.Message}", e);
        }
        // Each reader has exceptions of its own for what it cannot read.
        catch (Exception e) when (e is not SandboxException and not OperationCanceledException)
        {
            throw new SandboxException($"it is damaged or no {kind} archive: {e.Message}", e);
        }
    }

    private static Stream Open(FileStream packed, Archive kind) => kind switch
    {
        Archive.TarGzip => new GzipMembers(packed),
        Archive.TarBzip => BZip2Stream.Create(packed, CompressionMode.Decompress, decompressConcatenated: true),
        Archive.TarXz => new XzStreams(packed),
        _ => packed,
    };
}
