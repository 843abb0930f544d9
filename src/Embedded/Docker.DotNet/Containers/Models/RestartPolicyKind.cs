using System.Text.Json.Serialization;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Models;

/// <summary>When a container that has ended is started again.</summary>
[JsonConverter(typeof(RestartPolicyKindConverter))]
public enum RestartPolicyKind
{
    /// <summary>Not said; the engine takes it as <see cref="No"/>.</summary>
    Undefined,

    No,

    Always,

    /// <summary>When it exits with another code than 0, up to the policy's number of times.</summary>
    OnFailure,

    UnlessStopped,
}
