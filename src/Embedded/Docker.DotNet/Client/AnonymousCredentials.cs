namespace Docker.DotNet;

/// <summary>No proof at all: for unix sockets, and engines that trust their network.</summary>
public class AnonymousCredentials : Credentials
{
    public override bool IsTlsCredentials() => false;

    public override HttpMessageHandler GetHandler(HttpMessageHandler innerHandler) => innerHandler;

    public override void Dispose()
    {
        GC.SuppressFinalize(this);
    }
}
