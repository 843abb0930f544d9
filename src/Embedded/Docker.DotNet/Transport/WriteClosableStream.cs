namespace Microsoft.Net.Http.Client;

/// <summary>A stream in two directions, of which writing can end while reading goes on.</summary>
public abstract class WriteClosableStream : Stream
{
    public abstract bool CanCloseWrite { get; }

    /// <summary>Tells the peer that nothing more will be written.</summary>
    public abstract void CloseWrite();
}
