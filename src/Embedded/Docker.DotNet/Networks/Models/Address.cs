namespace Docker.DotNet.Models;

/// <summary>An address with the length of its prefix.</summary>
public class Address
{
    public string Addr { get; set; }

    public long PrefixLen { get; set; }
}
