namespace Docker.DotNet.Models;

/// <summary>Devices that a driver (such as one for GPUs) is asked to supply.</summary>
public class DeviceRequest
{
    public IList<IList<string>> Capabilities { get; set; }

    public long Count { get; set; }

    public IList<string> DeviceIDs { get; set; }

    public string Driver { get; set; }

    public IDictionary<string, string> Options { get; set; }
}
