namespace Docker.DotNet.Models;

/// <summary>The processes of a container: a row each, with the titles of the columns.</summary>
public class ContainerProcessesResponse
{
    public IList<IList<string>> Processes { get; set; }

    public IList<string> Titles { get; set; }
}
