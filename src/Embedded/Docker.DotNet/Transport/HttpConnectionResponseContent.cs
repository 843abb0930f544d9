using System.Net;
using System.Net.Http.Headers;

namespace Microsoft.Net.Http.Client;

/// <summary>The body of an answer whose connection belongs to the caller from then on.</summary>
public class HttpConnectionResponseContent : HttpContent
{
    private readonly WriteClosableStream _stream;

    internal HttpConnectionResponseContent(WriteClosableStream stream, HttpContentHeaders headers)
    {
        _stream = stream;
        foreach (var header in headers) Headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    /// <summary>Hands the connection over. The caller disposes it.</summary>
    public WriteClosableStream HijackStream() => _stream;

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext context) => _stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }
}
