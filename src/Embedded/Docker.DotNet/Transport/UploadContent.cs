#nullable enable
using System.Net;

namespace Docker.DotNet.Transport;

/// <summary>A stream sent as the body of a request. Each piece that the engine takes extends the deadline of the
/// answer.</summary>
internal sealed class UploadContent(Stream source, Deadline deadline) : HttpContent
{
    private const int PieceBytes = 64 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var piece = new byte[PieceBytes];
        int count;
        while ((count = await source.ReadAsync(piece, cancellationToken)) > 0)
        {
            deadline.Extend();
            await stream.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            deadline.Extend();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
