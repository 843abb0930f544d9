using System.Text;
using System.Text.Json;
using ActorScheduler.Containers.Files;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker.Access;

/// <summary>
/// Who images are pulled as: what the files of Docker's own command line say of the image's registry. The task's own count first, which
/// it fetches as an artifact into its sandbox, as Mesos has it: <c>.docker/config.json</c> or the older <c>.dockercfg</c>. Then the
/// agent's. They are read at each pull, so that new ones need no restart. Helpers that keep passwords elsewhere are not asked.
/// </summary>
/// <param name="settings">Names the agent's file.</param>
internal sealed class RegistryCredentials(DockerSettings settings)
{
    private const string Hub = "docker.io";
    private const int LargestFile = 1 << 20;

    private static readonly string[] InSandbox = [".docker/config.json", ".dockercfg"];

    /// <summary>For an image; null when nobody is to be named.</summary>
    /// <param name="image">As the task names it.</param>
    /// <param name="sandbox">The task's sandbox, or null.</param>
    /// <exception cref="ContainerException">A file cannot be read; the message names it.</exception>
    public AuthConfig? Of(string image, string? sandbox)
    {
        string registry = RegistryOf(image);
        foreach (string name in sandbox is null ? [] : InSandbox)
        {
            // A task's artifacts may be links: only what stays in its sandbox is its own.
            if (SandboxPath.ForReading(sandbox!, name) is { } file && Find(file, registry) is { } own)
                return own;
        }
        return settings.ConfigFile is { Length: > 0 } config && File.Exists(config) ? Find(config, registry) : null;
    }

    /// <summary>The host, with its port, of an image's registry.</summary>
    internal static string RegistryOf(string image)
    {
        string first = image.Split('/')[0];
        bool isHost = image.Contains('/', StringComparison.Ordinal) && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost");
        return isHost ? first : Hub;
    }

    /// <summary>What a file's text says of a registry, or null.</summary>
    /// <exception cref="JsonException">It is not such a file.</exception>
    internal static AuthConfig? Read(string text, string registry)
    {
        using JsonDocument file = JsonDocument.Parse(text);
        if (file.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("an object was expected");
        JsonElement entries = file.RootElement.TryGetProperty("auths", out JsonElement auths) ? auths : file.RootElement;
        if (entries.ValueKind != JsonValueKind.Object)
            return null;
        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (HostOf(entry.Name) == registry && entry.Value.ValueKind == JsonValueKind.Object && Entry(entry.Name, entry.Value) is { } found)
                return found;
        }
        return null;
    }

    private static AuthConfig? Find(string file, string registry)
    {
        try
        {
            using var text = new StreamReader(new FileStream(PlainFile.Open(file), FileAccess.Read));
            return text.BaseStream.Length <= LargestFile ? Read(text.ReadToEnd(), registry) : throw new IOException("it is too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException)
        {
            // What it says is not repeated: it may be a secret.
            throw new ContainerException($"container.image: {file} cannot be read as credentials for registries{(e is IOException or UnauthorizedAccessException ? $": {e.Message}" : "")}", e);
        }
    }

    private static AuthConfig? Entry(string server, JsonElement entry)
    {
        (string? user, string? password) = (Text(entry, "username"), Text(entry, "password"));
        if (Text(entry, "auth") is { Length: > 0 } both)
        {
            string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(both)).TrimEnd('\0').Split(':', 2);
            if (parts.Length == 2)
                (user, password) = (parts[0], parts[1]);
        }
        string? token = Text(entry, "identitytoken");
        return user is null && token is null && Text(entry, "registrytoken") is null
            ? null
            : new AuthConfig { Username = user, Password = password, IdentityToken = token, RegistryToken = Text(entry, "registrytoken"), ServerAddress = server };
    }

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    /// <summary>Entries are hosts or addresses: <c>https://index.docker.io/v1/</c> is the hub's.</summary>
    private static string HostOf(string name)
    {
        int scheme = name.IndexOf("://", StringComparison.Ordinal);
        string host = (scheme < 0 ? name : name[(scheme + 3)..]).Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" ? Hub : host;
    }
}
