using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>One event: what happened to which object, and when.</summary>
public class Message
{
    public string Action { get; set; }

    public Actor Actor { get; set; }

    [JsonPropertyName("from")]
    public string From { get; set; }

    [JsonPropertyName("id")]
    public string ID { get; set; }

    [JsonPropertyName("scope")]
    public string Scope { get; set; }

    [JsonPropertyName("status")]
    public string Status { get; set; }

    /// <summary>Unix seconds.</summary>
    [JsonPropertyName("time")]
    public long Time { get; set; }

    /// <summary>Unix nanoseconds.</summary>
    [JsonPropertyName("timeNano")]
    public long TimeNano { get; set; }

    public string Type { get; set; }
}
