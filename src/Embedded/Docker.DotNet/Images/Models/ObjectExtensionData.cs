using System.Text.Json.Serialization;

namespace Docker.DotNet.Models;

/// <summary>Fields that depend on the operation, such as the id of a finished image.</summary>
public class ObjectExtensionData
{
    [JsonExtensionData]
    public IDictionary<string, object> ExtensionData { get; set; }
}
