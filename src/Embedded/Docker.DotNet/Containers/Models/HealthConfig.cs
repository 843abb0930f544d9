using System.Text.Json.Serialization;
using Docker.DotNet.Serialization;

namespace Docker.DotNet.Models;

/// <summary>The command that tells whether a container is healthy, and how often it runs.</summary>
public class HealthConfig
{
    /// <summary>Time between two checks; sent as nanoseconds. Zero inherits the image's.</summary>
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan Interval { get; set; }

    public long Retries { get; set; }

    /// <summary>Nanoseconds after the start in which failures do not count.</summary>
    public long StartPeriod { get; set; }

    /// <summary>Empty inherits, NONE switches off, CMD runs what follows, CMD-SHELL runs it in the default shell.</summary>
    public IList<string> Test { get; set; }

    /// <summary>How long one check may take; sent as nanoseconds.</summary>
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan Timeout { get; set; }
}
