namespace Docker.DotNet.Models;

/// <summary>The path inside a container that an archive is extracted into.</summary>
public class ContainerPathStatParameters
{
    /// <summary>False makes the engine refuse to replace a directory with something else, or the reverse.</summary>
    public bool? AllowOverwriteDirWithFile { get; set; }

    public string Path { get; set; }
}
