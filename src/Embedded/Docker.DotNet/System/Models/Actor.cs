namespace Docker.DotNet.Models;

/// <summary>The object that an event is about.</summary>
public class Actor
{
    public IDictionary<string, string> Attributes { get; set; }

    public string ID { get; set; }
}
