#nullable enable
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Transport;

/// <summary>Credentials as the engine takes them in headers: JSON in base64 with the letters that URLs allow.</summary>
internal static class RegistryHeader
{
    public static string Encode<T>(T credentials) =>
        Convert.ToBase64String(EngineJson.Write(credentials)).Replace('+', '-').Replace('/', '_');
}
