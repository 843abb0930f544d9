using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>A container as lists show it.</summary>
public class ContainerListResponse
{
    public string Command { get; set; }

    public DateTime Created { get; set; }

    [JsonPropertyName("Id")]
    public string ID { get; set; }

    public string Image { get; set; }

    public string ImageID { get; set; }

    public IDictionary<string, string> Labels { get; set; }

    public IList<MountPoint> Mounts { get; set; }

    public IList<string> Names { get; set; }

    public SummaryNetworkSettings NetworkSettings { get; set; }

    public IList<Port> Ports { get; set; }

    public long SizeRootFs { get; set; }

    public long SizeRw { get; set; }

    public string State { get; set; }

    public string Status { get; set; }
}
