using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>One message of a long operation on images: status, progress, output or error.</summary>
public class JSONMessage
{
    [JsonPropertyName("aux")]
    public ObjectExtensionData Aux { get; set; }

    [JsonPropertyName("errorDetail")]
    public JSONError Error { get; set; }

    /// <summary>Why the operation failed. A message that has it is the last one: failures are reported, not thrown.</summary>
    [JsonPropertyName("error")]
    public string ErrorMessage { get; set; }

    [JsonPropertyName("from")]
    public string From { get; set; }

    [JsonPropertyName("id")]
    public string ID { get; set; }

    [JsonPropertyName("progressDetail")]
    public JSONProgress Progress { get; set; }

    [JsonPropertyName("progress")]
    public string ProgressMessage { get; set; }

    [JsonPropertyName("status")]
    public string Status { get; set; }

    [JsonPropertyName("stream")]
    public string Stream { get; set; }

    [JsonPropertyName("time")]
    public DateTime Time { get; set; }

    [JsonPropertyName("timeNano")]
    public long TimeNano { get; set; }
}
