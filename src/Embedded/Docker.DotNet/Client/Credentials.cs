namespace Docker.DotNet;

/// <summary>How a client proves itself to an engine that is reached over the network.</summary>
public abstract class Credentials : IDisposable
{
    /// <summary>Whether an endpoint given as tcp:// or http:// is to be reached with TLS.</summary>
    public abstract bool IsTlsCredentials();

    /// <summary>
    /// Prepares the handler that requests go through: a <see cref="Microsoft.Net.Http.Client.ManagedHandler"/> takes
    /// certificates, and any handler may be wrapped. What is returned is used.
    /// </summary>
    public abstract HttpMessageHandler GetHandler(HttpMessageHandler innerHandler);

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
    }
}
