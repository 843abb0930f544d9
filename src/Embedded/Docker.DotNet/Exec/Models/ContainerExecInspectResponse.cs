using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Whether a command runs still, and how it ended.</summary>
public class ContainerExecInspectResponse
{
    public string ContainerID { get; set; }

    [JsonPropertyName("ID")]
    public string ExecID { get; set; }

    /// <summary>Of no meaning while the command runs.</summary>
    public long ExitCode { get; set; }

    public long Pid { get; set; }

    public bool Running { get; set; }
}
