namespace Docker.DotNet.Models;

/// <summary>How an image is made of a container.</summary>
public class CommitContainerChangesParameters
{
    public string Author { get; set; }

    public IList<string> Changes { get; set; }

    public string Comment { get; set; }

    public Config Config { get; set; }

    public string ContainerID { get; set; }

    public bool? Pause { get; set; }

    public string RepositoryName { get; set; }

    public string Tag { get; set; }
}
