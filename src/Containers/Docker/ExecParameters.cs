using System.Runtime.Serialization;
using Docker.DotNet.Models;

namespace ActorScheduler.Containers.Docker;

/// <summary>A command for a container, with what the client does not know of; engines before 23.0 pass it over.</summary>
[DataContract]
internal sealed class ExecParameters : ContainerExecCreateParameters
{
    /// <summary>Rows and columns of its terminal from the first; null for the host's default.</summary>
    [DataMember(Name = "ConsoleSize", EmitDefaultValue = false)]
    public int[]? ConsoleSize { get; init; }
}
